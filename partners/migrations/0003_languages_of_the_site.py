"""What a choice or a default is, is asked of the programme: nothing in the database changes."""

import partners.models.partner
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('partners', '0002_siret'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name='historicalpartner',
                    name='country',
                    field=models.CharField(default=partners.models.partner.home_country, max_length=2, verbose_name='country'),
                ),
                migrations.AlterField(
                    model_name='partner',
                    name='country',
                    field=models.CharField(default=partners.models.partner.home_country, max_length=2, verbose_name='country'),
                ),
            ],
        ),
    ]
