from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from clusters.perms import can_write_to_people
from core.admin.base import ScopedAdmin, ScopedStackedInline
from core.admin.merging import MergingAdmin
from partners.addressees import people_at
from partners.models import Contact, Partner
from partners.perms import can_merge_partners, mergeable


class ContactInline(ScopedStackedInline):
    model = Contact
    fields = ["name", "job_title", "is_primary", "is_signatory", "is_accounting", "state"]

    readonly_fields = ["name"]

    @admin.display(description=_("name"))
    def name(self, contact):
        """By name: the account's own page is the coordinator's."""
        return contact.user.name

    def may_change_parent(self, request, parent):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("user", "partner")


@admin.register(Partner)
class PartnerAdmin(MergingAdmin, ScopedAdmin):
    """Organisations that have dealt with the person's clusters. They describe themselves; staff read."""

    inlines = [ContactInline]
    who_changes = _("You can only read this partner: the organisation describes itself, on its own pages.")
    list_display = ["name", "country", "siren", "sector", "size", "origin"]
    export_columns = ["legal_form", "registered_office", "website", "registered_at"]
    list_filter = ["sector", "size", "origin"]
    search_fields = ["name_key", "siren"]
    search_help_text = _("Name or SIREN.")
    ordering = ["name_key", "pk"]
    name_column = "name_key"
    fieldsets = [
        (
            None,
            {
                "description": _("The organisation maintains these lines itself, on its own pages."),
                "fields": [
                    *("name", "country", "siren", "legal_form", "registered_office"),
                    *("sector", "size", "website", "origin", "registered_at"),
                ],
            },
        )
    ]
    readonly_fields = ["registered_at"]
    merge_fields = (*("name", "country", "siren", "legal_form", "registered_office", "sector", "size", "website"),)
    merge_identifiers = ("siren",)
    merge_filled = ("logo", "logo_kind")
    who_merges = _("Managers of a cluster with which alone both partners have dealt; the coordinator always may.")

    def can_merge_any(self, user):
        return can_merge_partners(user)

    def get_mergeable(self, user):
        return mergeable(self.get_visible(user), user)

    def can_write_to_people(self, user):
        return can_write_to_people(user)

    def get_addressees(self, request, records):
        return people_at(records.values("pk"))

    def telling(self, record, user):
        return [record.country_name, record.siren or record.slug]
