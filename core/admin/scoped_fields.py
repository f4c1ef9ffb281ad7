"""The fields of the panel's forms: they offer, and accept, only what the user may choose."""

from django import forms
from django.contrib.admin.exceptions import NotRegistered
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from core.admin.choices import KeySelect, KeysSelect, OfferedField, look_up_once
from core.admin.history import label_of
from core.form_fields import EuroField, LineField, NumberField, WholeField
from core.model_fields import EurosField, IdentifierField
from core.primary_keys import KEY_MAX_DIGITS

# Text columns that are not plain lines: each has its own form field.
OTHER_LINES = (models.SlugField, models.URLField, models.EmailField, IdentifierField)
# Two languages fit side by side without filling the screen.
TEXT_ROWS = 5


class KeysField(forms.ModelMultipleChoiceField):
    """A multiple choice that rejects keys of more than 64 bits, for which SQLite raises an error."""

    def clean(self, value):
        for key in value if isinstance(value, list | tuple) else ():
            if len(str(key)) > KEY_MAX_DIGITS:
                raise ValidationError(self.error_messages["invalid_pk_value"], code="invalid_pk_value")
        return super().clean(value)


class ScopedFields:
    """Foreign keys and many-to-many fields offer, and accept, only what the user may choose.

    The same queryset fills the list and validates the posted value, so the id of another cluster's record is refused.
    """

    # Numbers are parsed by the server, with any grouping, and never by the browser (core/form_fields.py).
    formfield_overrides = {
        EurosField: {"form_class": EuroField},
        models.DecimalField: {"form_class": NumberField},
        models.IntegerField: {"form_class": WholeField, "widget": forms.TextInput},
    }

    def get_translated_labels(self) -> dict[str, str]:
        """Return the labels of translated fields. Read-only fields take theirs from the form's `Meta.labels`."""
        return {field.name: label_of(field) for field in self.opts.fields if hasattr(field, "translated_field")}

    def get_field_queryset(self, db, db_field, request):
        """Return the records that the related model's admin lets this user choose; none for a model without an admin."""
        related = db_field.remote_field.model
        try:
            return self.admin_site.get_model_admin(related).get_choices(request)
        except NotRegistered:
            return related._default_manager.none()

    def get_offered(self, db_field, request):
        """Return the records that an autocomplete field offers: those that the form accepts."""
        return self.formfield_for_foreignkey(db_field, request).queryset

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        is_usual = "queryset" not in kwargs and type(self).get_field_queryset is ScopedFields.get_field_queryset
        kwargs.setdefault("queryset", self.get_field_queryset(None, db_field, request))
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", KeySelect(db_field, self.admin_site, using=kwargs.get("using")))
        kwargs.setdefault("form_class", OfferedField)
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        self.tell_apart(field, request)
        if field is not None:
            look_up_once(field, request, self.admin_site.reads_as(request.user), is_usual)
        return _with_own_sentence(field)

    def tell_apart(self, field, request):
        """Add details to the labels of records that share their name with another one that the user sees."""
        queryset = getattr(field, "queryset", None)
        page = self.admin_site._registry.get(queryset.model) if queryset is not None else None
        if getattr(page, "name_column", ""):
            field.queryset = page.with_namesakes(queryset, request.user)
            field.label_from_instance = lambda record: page.label_of(record, request.user)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        kwargs.setdefault("queryset", self.get_field_queryset(None, db_field, request))
        kwargs.setdefault("form_class", KeysField)
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", KeysSelect(db_field, self.admin_site, using=kwargs.get("using")))
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if isinstance(field, OfferedField):
            look_up_once(field, request, self.admin_site.reads_as(request.user), is_usual=False)
        return _with_own_sentence(field)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, models.CharField) and not isinstance(db_field, OTHER_LINES):
            kwargs.setdefault("form_class", LineField)
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            # Only the link to add a missing record is shown beside a choice.
            field.widget.can_change_related = field.widget.can_view_related = False
        if field is not None and hasattr(db_field, "translated_field"):
            field.label = label_of(db_field)
            field.widget.attrs["lang"] = db_field.language
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = TEXT_ROWS
            # One language is enough; forms that require one say so.
            field.required = False
        return field


def _with_own_sentence(field):
    if field is not None:
        sentence = _("This is not one of the records that you can choose here. Choose one from the list.")
        field.error_messages["invalid_choice"] = sentence
        field.error_messages["invalid_pk_value"] = sentence
    return field
