"""What a choice or a default is, is asked of the programme: nothing in the database changes."""

import core.languages
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0001_initial'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name='mailwording',
                    name='language',
                    field=models.CharField(choices=core.languages.site_languages, max_length=2, verbose_name='language'),
                ),
            ],
        ),
    ]
