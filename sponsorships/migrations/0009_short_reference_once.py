from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("sponsorships", "0008_references_of_sponsorships")]

    operations = [
        migrations.AlterField(
            model_name="sponsorship",
            name="short_reference",
            field=models.CharField(editable=False, max_length=20, unique=True, verbose_name="reference"),
        ),
    ]
