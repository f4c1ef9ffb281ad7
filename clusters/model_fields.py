"""Columns that know how they are typed: every form of a record reads them alike. Migrations see Django's own."""

from django.db import models

from clusters import fields
from clusters.days import validate_day, validate_happened


class EurosField(models.DecimalField):
    """An amount in euros, to the cent."""

    def __init__(self, verbose_name=None, **options):
        super().__init__(verbose_name, **{"max_digits": 12, "decimal_places": 2, **options})

    def deconstruct(self):
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.DecimalField", args, options

    def formfield(self, **options):
        return super().formfield(**{"form_class": fields.EuroField, **options})


class DayField(models.DateField):
    """A day of the programme."""

    default_validators = [validate_day]
    has_happened = False

    def deconstruct(self):
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.DateField", args, options

    def formfield(self, **options):
        return super().formfield(**{"form_class": fields.DayField, "has_happened": self.has_happened, **options})


class PastDayField(DayField):
    """A day on which something happened, and which is therefore not to come."""

    default_validators = [validate_day, validate_happened]
    has_happened = True
