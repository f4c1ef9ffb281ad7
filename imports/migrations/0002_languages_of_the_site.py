"""What a choice or a default is, is asked of the programme: nothing in the database changes."""

import core.languages
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('imports', '0001_initial'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name='import',
                    name='language',
                    field=models.CharField(default=core.languages.main_language, editable=False, max_length=2, verbose_name='language'),
                ),
            ],
        ),
    ]
