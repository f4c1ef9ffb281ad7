from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("chairs", "0002_search_index")]

    operations = [
        migrations.AddField(
            model_name=model,
            name="non_conforming_since",
            field=models.DateField(
                blank=True, db_index=True, editable=False, null=True, verbose_name='non-conforming since'
            ),
        )
        for model in ("chair", "historicalchair")
    ]
