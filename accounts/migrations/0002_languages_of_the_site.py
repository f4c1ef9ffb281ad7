"""What a choice or a default is, is asked of the programme: nothing in the database changes."""

import core.languages
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name='user',
                    name='language',
                    field=models.CharField(choices=core.languages.site_languages, default=core.languages.main_language, help_text='E-mails are written in this language.', max_length=2, verbose_name='language'),
                ),
            ],
        ),
    ]
