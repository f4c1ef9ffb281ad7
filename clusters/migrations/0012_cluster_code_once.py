from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("clusters", "0011_codes_of_clusters")]

    operations = [
        migrations.AlterField(
            model_name="cluster",
            name="code",
            field=models.CharField(editable=False, help_text="Stands at the front of the references of its sponsorships.", max_length=8, unique=True, verbose_name="code"),
        ),
    ]
