from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from clusters.admin.forms import InstitutionForm
from clusters.admin.formsets import AliasFormSet
from clusters.admin.phase import ReferenceAdmin
from clusters.models import Institution, InstitutionAlias
from clusters.perms import can_keep_reference_data, has_role_anywhere
from clusters.scopes import EDITORS
from core.admin.base import ScopedTabularInline
from core.admin.merging import MergingAdmin


class AliasInline(ScopedTabularInline):
    model = InstitutionAlias
    formset = AliasFormSet
    fields = ["name"]
    extra = 1


@admin.register(Institution)
class InstitutionAdmin(MergingAdmin, ReferenceAdmin):
    """Institutions, shared by all clusters: editors add missing ones, the coordinator corrects them."""

    form = InstitutionForm
    add_title = _("Add an institution")
    inlines = [AliasInline]
    list_display = ["name", "acronym", "kind", "city", "ror", "successor"]
    list_filter = ["kind"]
    list_select_related = ["successor"]
    search_fields = ["name_key", "acronym_key", "ror", "aliases__key"]
    search_help_text = _("Name, acronym, alias or ROR identifier.")
    autocomplete_fields = ["successor"]
    name_column = "name_key"
    merge_fields = ("name", "acronym", "kind", "city", "ror", "ror_confidence", "siret", "successor")
    merge_identifiers = ("ror",)
    merge_filled = ("sources", "notes")
    fieldsets = [
        (
            None,
            {
                "description": _(
                    "An institution is a legal entity that employs researchers. Look for it first under all its names: "
                    "two records of one institution would let two of its people count as two institutions."
                ),
                "fields": ["name", "different_from", "acronym", "kind", "city", "slug"],
            },
        ),
        (_("Identity"), {"fields": ["ror", "ror_confidence", "siret", "successor"]}),
    ]

    def can_add(self, user):
        return can_keep_reference_data(user) or has_role_anywhere(user, EDITORS)

    def get_offered(self, db_field, request):
        """Offer only legal entities as successors; the form's help says which."""
        return super().get_offered(db_field, request).employers()

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.user, form.page = request.user, self
        if "slug" in form.base_fields:
            form.base_fields["slug"].required = False
        return form

    def after_merge(self, kept, gone):
        """Keep the name of the merged record as an alias: sources still use it. Return the created alias."""
        if Institution.objects.named(gone.name).exists():
            return []
        return [InstitutionAlias.objects.create(institution=kept, name=gone.name)]

    def telling(self, record, user):
        return [record.city, record.ror or record.slug]
