from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("clusters", "0009_on_behalf_of")]

    operations = [
        migrations.AddField(
            model_name="cluster",
            name="code",
            field=models.CharField(max_length=8, null=True),
        ),
        migrations.AddField(
            model_name="historicalcluster",
            name="code",
            field=models.CharField(db_index=True, default="", editable=False, help_text="Stands at the front of the references of its sponsorships.", max_length=8, verbose_name="code"),
            preserve_default=False,
        ),
    ]
