import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("clusters", "0012_cluster_code_once"),
        ("sponsorships", "0007_on_behalf_of"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReferenceCounter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("last", models.PositiveIntegerField(default=0, verbose_name="last number")),
                ("cluster", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clusters.cluster", verbose_name="cluster")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("cluster", "year"), name="sponsorships_reference_counter_once")],
            },
        ),
        migrations.AddField(
            model_name="sponsorship",
            name="short_reference",
            field=models.CharField(max_length=20, null=True),
        ),
        migrations.AddField(
            model_name="historicalsponsorship",
            name="short_reference",
            field=models.CharField(db_index=True, default="", editable=False, max_length=20, verbose_name="reference"),
            preserve_default=False,
        ),
    ]
