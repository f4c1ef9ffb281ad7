"""Model fields that bring their form field along, so that every form parses them alike.

For amounts and days, migrations contain Django's own fields, whose columns are the same.
"""

from collections.abc import Callable

from django import forms
from django.conf import settings
from django.db import models
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from core import form_fields
from core.dates import validate_day, validate_happened
from core.on_behalf import colleague_of, names_of

# For the key of a name, which is longer than the name: folding writes some letters as two.
KEY_MAX_LENGTH = 400


def done_by(label) -> models.ForeignKey:
    """Return a foreign key to the account that did something. It is protected: the record of who acted is kept."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=label,
    )


class ActedForField(models.ForeignKey):
    """The colleague on whose behalf the account in the column `actor` acted, kept with every row that a stand-in writes.

    It fills itself in when the row is saved with that account. Code that saves only some columns, or lets another person
    repeat the act, sets it itself (`core.on_behalf.colleague_of`). The model gets a property that names both: for the
    actor `added_by`, `added_by_names`.
    """

    def __init__(self, *args, actor: str = "", **options):
        super().__init__(*args, **options)
        self.actor = actor  # empty in the copy that the field history makes

    def contribute_to_class(self, cls, name, **options):
        super().contribute_to_class(cls, name, **options)
        if self.actor and not cls._meta.abstract:
            setattr(cls, f"{self.actor}_names", self._names(cls))

    def deconstruct(self):
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.ForeignKey", args, options

    def pre_save(self, model_instance, add):
        colleague = colleague_of(model_instance._state.fields_cache.get(self.actor))
        if colleague is not None:
            setattr(model_instance, self.name, colleague)
        return super().pre_save(model_instance, add)

    def _names(self, cls) -> property:
        def names(record) -> str:
            return names_of(getattr(record, self.actor), getattr(record, self.name))

        names.short_description = label_of(cls, self.actor)  # type: ignore[attr-defined]
        names.admin_order_field = f"{self.actor}__name"  # type: ignore[attr-defined]
        return property(names)


def _label(model, name: str) -> str:
    return str(model._meta.get_field(name).verbose_name)


# When a model gets its columns, the labels of the others may not be there yet.
label_of = lazy(_label, str)


def acted_for(actor: str) -> ActedForField:
    """Return the foreign key to the colleague on whose behalf the account in another column acted."""
    return ActedForField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("on behalf of"),
        actor=actor,
    )


class EurosField(models.DecimalField):
    """An amount in euros, to the cent."""

    def __init__(self, verbose_name=None, **options):
        super().__init__(verbose_name, **{"max_digits": 12, "decimal_places": 2, **options})

    def deconstruct(self):
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.DecimalField", args, options

    def formfield(self, **options):
        return super().formfield(**{"form_class": form_fields.EuroField, **options})


class DayField(models.DateField):
    """A date within the programme's years."""

    default_validators = [validate_day]
    has_happened = False

    def deconstruct(self):
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.DateField", args, options

    def formfield(self, **options):
        return super().formfield(**{"form_class": form_fields.DayField, "has_happened": self.has_happened, **options})


class PastDayField(DayField):
    """A date on which something happened, and which therefore cannot be in the future."""

    default_validators = [validate_day, validate_happened]
    has_happened = True


class KeyField(models.CharField):
    """A key made from a name (`core.text.name_key`), sorted alike by both databases: by code point."""

    def db_parameters(self, connection):
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"  # as SQLite compares; a language's collation would ignore spaces
        return parameters


class IdentifierFormField(forms.CharField):
    """Accepts an identifier in any usual notation."""

    def __init__(self, *, compact: Callable[[str], str], **kwargs):
        super().__init__(**kwargs)
        self.compact = compact

    def to_python(self, value):
        value = super().to_python(value)
        return value if value in self.empty_values else self.compact(value)


class IdentifierField(models.CharField):
    """An identifier, stored in one notation whichever one it is entered in, so that a unique constraint works."""

    def __init__(self, *args, compact: Callable[[str], str], **kwargs):
        super().__init__(*args, **kwargs)
        self.compact = compact

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "compact": self.compact}

    def to_python(self, value):
        value = super().to_python(value)
        if value:
            return self.compact(value)
        return None if self.null else value

    def pre_save(self, model_instance, add):
        value = self.to_python(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": IdentifierFormField, "compact": self.compact, **kwargs})
