from django.contrib.admin.helpers import InlineAdminForm, InlineAdminFormSet
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from core.admin.choices import expect_keys
from core.fetched import fetched


class OwnRowsFormSet(BaseInlineFormSet):
    """Rows of this record only. Django passes over a row that is not there any more, or never was, without a word."""

    # The class that is kept for pages that only read (core/admin/kept_classes.py), of which this one is the page's own.
    kept_class = None

    @property
    def media(self):
        """Return the scripts of the rows."""
        return self._of_the_class("media", lambda: super(OwnRowsFormSet, self).media)

    def is_multipart(self):
        return self._of_the_class("multipart", super().is_multipart)

    def _of_the_class(self, name, find):
        """Return what is so of all rows of the class: Django asks each widget of a row, and makes one where there is none."""
        if self.kept_class is None:
            return find()
        known = self.kept_class.__dict__
        if f"kept_{name}" not in known:
            setattr(self.kept_class, f"kept_{name}", find())
        return known[f"kept_{name}"]

    def get_queryset(self):
        """Return the rows: those that the record's page has fetched already, where nothing was posted.

        Each knows its record, and a field that says which of many another record is looks all of them up at once.
        """
        if not hasattr(self, "_queryset"):
            rows = fetched(self.instance, self.fk.remote_field.get_accessor_name())
            self._queryset = super().get_queryset() if rows is None or self.is_bound else rows
            for row in self._queryset:
                setattr(row, self.fk.name, self.instance)
            for name, field in self.form.base_fields.items():
                expect_keys(field, [getattr(row, f"{name}_id", None) for row in self._queryset])
        return self._queryset

    @cached_property
    def empty_form(self):
        """The row that is copied for another one. Django makes it anew each time that somebody looks at it."""
        return super().empty_form

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].widget.attrs["aria-label"] = form.fields["DELETE"].label

    def clean(self):
        super().clean()
        if any(form.instance.pk is None for form in self.initial_forms):
            raise ValidationError(
                _("One of these lines is no longer part of this record. Open the page again and repeat your change."),
                code="row_elsewhere",
            )
        for form in self.forms:
            if form.has_changed() and not form.errors and form not in self.deleted_forms:
                self.hold_against_other_rows(form)

    def hold_against_other_rows(self, form):
        """Say what is there already. Django leaves constraints that name the record itself (its theme's address, its
        member's institution) to the database, which answers with an error of ours: another tab may have been faster.
        """
        try:
            form.instance.validate_constraints(exclude=form._get_validation_exclusions())
        except ValidationError as error:
            form.add_error(None, error)


class PageRows(InlineAdminFormSet):
    """The rows of a record's page, made once: Django makes them each time that a part of the page looks at them."""

    @classmethod
    def of(cls, rows: InlineAdminFormSet) -> "PageRows":
        page_rows = cls.__new__(cls)
        page_rows.__dict__.update(rows.__dict__)
        return page_rows

    def __iter__(self):
        """Yield the rows, and last the empty one, unless its lines are kept (core/admin/form_rows.py)."""
        yield from self.filled
        if self.has_add_permission and not self.keeps_empty_row:
            yield self.empty

    @cached_property
    def filled(self) -> list[InlineAdminForm]:
        rows = InlineAdminFormSet.__new__(InlineAdminFormSet)
        rows.__dict__.update(self.__dict__, has_add_permission=False)
        return list(rows)

    @cached_property
    def empty(self) -> InlineAdminForm:
        """The row that is copied for another one."""
        form, page = self.formset.empty_form, self.opts
        fixed = self.prepopulated_fields, None, self.readonly_fields
        return InlineAdminForm(self.formset, form, self.fieldsets, *fixed, model_admin=page)

    @property
    def keeps_empty_row(self) -> bool:
        return self.opts.is_empty_row_alike and self.formset.kept_class is not None

    @property
    def media(self):
        """All rows have the same scripts: Django asks each."""
        return self.opts.media + self.formset.media
