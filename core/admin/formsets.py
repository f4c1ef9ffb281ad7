from django.contrib.admin.helpers import InlineAdminForm, InlineAdminFormSet
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from core.admin.choices import expect_keys
from core.fetched import fetched


class OwnRowsFormSet(BaseInlineFormSet):
    """The rows of one record only. Django silently ignores a posted row that was deleted or belongs to another record."""

    # The cached class (core/admin/kept_classes.py) of which this page's class is a subclass; None if nothing is cached.
    kept_class = None

    @property
    def media(self):
        """Return the rows' scripts and styles."""
        return self._of_the_class("media", lambda: super(OwnRowsFormSet, self).media)

    def is_multipart(self):
        return self._of_the_class("multipart", super().is_multipart)

    def _of_the_class(self, name, find):
        """Return `find()`, cached on the class: Django asks every widget, and builds a form if there is no row."""
        if self.kept_class is None:
            return find()
        known = self.kept_class.__dict__
        if f"kept_{name}" not in known:
            setattr(self.kept_class, f"kept_{name}", find())
        return known[f"kept_{name}"]

    def get_queryset(self):
        """Return the rows: those prefetched with the page's record if nothing was posted, otherwise by a query.

        Each row gets its record, and autocomplete fields look up the labels of all rows at once.
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
        """The row that is copied to add another. Cached, because Django builds it at each access."""
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
        """Add the errors of constraints that include the record itself, such as a theme's slug within its cluster.

        Django leaves these to the database, where a violation would be a server error:
        another tab may have saved first.
        """
        try:
            form.instance.validate_constraints(exclude=form._get_validation_exclusions())
        except ValidationError as error:
            form.add_error(None, error)


class PageRows(InlineAdminFormSet):
    """The rows of a record's page, built once. Django builds them again for each part of the page."""

    @classmethod
    def of(cls, rows: InlineAdminFormSet) -> "PageRows":
        page_rows = cls.__new__(cls)
        page_rows.__dict__.update(rows.__dict__)
        return page_rows

    def __iter__(self):
        """Yield the rows and then the empty row, unless its HTML is cached (core/admin/form_rows.py)."""
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
        """The row that is copied to add another."""
        form, page = self.formset.empty_form, self.opts
        fixed = self.prepopulated_fields, None, self.readonly_fields
        return InlineAdminForm(self.formset, form, self.fieldsets, *fixed, model_admin=page)

    @property
    def keeps_empty_row(self) -> bool:
        return self.opts.is_empty_row_alike and self.formset.kept_class is not None

    @property
    def media(self):
        """Return the scripts and styles once, since all rows have the same."""
        return self.opts.media + self.formset.media
