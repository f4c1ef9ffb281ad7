"""What a choice or a default is, is asked of the programme: nothing in the database changes."""

import core.languages
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('clusters', '0003_siret'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name='person',
                    name='contact_language',
                    field=models.CharField(choices=core.languages.site_languages, default=core.languages.main_language, help_text='The language in which this person wishes to be written to.', max_length=2, verbose_name='language of the e-mails'),
                ),
            ],
        ),
    ]
