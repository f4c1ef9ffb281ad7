import datetime

from django.contrib import admin
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from clusters.models import Cluster
from core.admin.base import ScopedAdmin
from core.admin.filters import ScopedRelatedFilter
from core.admin.sums import SumsAdmin
from core.languages import columns_of
from core.money import euros
from sponsorships.accounting.breakdown import sums_by_kind
from sponsorships.admin.filters import CountsFilter, OfAgreement, OfInstalment, OfSponsorship, YearFilter
from sponsorships.models import LedgerEntry


@admin.register(LedgerEntry)
class LedgerEntryAdmin(SumsAdmin, ScopedAdmin):
    """The ledger entries in the panel, read-only: acts on instalments and sponsorships write them."""

    sums_help = _("Net of VAT. Cash, in kind and skills are never added together.")
    who_changes = _("Nobody can change an entry: a mistake is reversed by a new one, with an action on its instalment.")
    list_display = ["day", "kind", "contribution", "value", "partner", "chair", "instalment", "reference", "origin"]
    list_display_links = ["day"]
    list_filter = [
        "kind",
        "contribution",
        ("sponsorship__chair__cluster", ScopedRelatedFilter),
        YearFilter,
        CountsFilter,
        OfSponsorship,
        OfAgreement,
        OfInstalment,
    ]
    list_select_related = ["sponsorship__partner", "sponsorship__chair__cluster", "instalment"]
    export_columns = ["sponsorship__chair__cluster", "sponsorship__regime", "recorded_at", "vat_rate", "method"]
    ordering = ["-effective_on", "-pk"]
    search_fields = [
        "sponsorship__partner__name_key",
        *columns_of("sponsorship__chair__title"),
        "reference",
    ]
    search_help_text = _("Partner, chair, or reference: an invoice's number, a payment's reference.")
    readonly_fields = ["file", "value", "tax", "with_tax"]
    fields = [
        "file",
        ("kind", "contribution", "value"),
        ("effective_on", "recorded_at"),
        ("agreement", "instalment", "activity"),
        ("vat_rate", "tax", "with_tax"),
        ("reference", "method"),
        "reverses",
        ("position", "act", "line"),
        "hash",
    ]

    @admin.display(description=_("counts from"), ordering="effective_on")
    def day(self, entry):
        return entry.effective_on

    @admin.display(description=_("amount (€)"), ordering="amount")
    def value(self, entry):
        return euros(entry.amount)

    @admin.display(description=_("VAT (€)"))
    def tax(self, entry):
        return None if entry.vat is None else euros(entry.vat)

    @admin.display(description=_("with VAT (€)"))
    def with_tax(self, entry):
        return None if entry.vat is None else euros(entry.gross)

    @admin.display(description=_("partner"), ordering="sponsorship__partner__name_key")
    def partner(self, entry):
        address = reverse("admin:sponsorships_sponsorship_change", args=[entry.sponsorship_id])
        return format_html('<a href="{}">{}</a>', address, entry.sponsorship.partner)

    @admin.display(description=_("chair"), ordering="sponsorship__chair")
    def chair(self, entry):
        return entry.sponsorship.chair

    @admin.display(description=_("sponsorship"))
    def file(self, entry):
        address = reverse("admin:sponsorships_sponsorship_change", args=[entry.sponsorship_id])
        return format_html('<a href="{}">{}</a>', address, entry.sponsorship)

    @admin.display(description=_("origin"))
    def origin(self, entry):
        return entry.sponsorship.get_origin_display()

    def get_visible(self, user):
        """Return the entries of the user's clusters; all of them for national staff."""
        return LedgerEntry.objects.visible_to(user).filter(
            sponsorship__chair__cluster__in=Cluster.objects.visible_to(user)
        )

    def sums(self, records):
        listed = LedgerEntry.objects.filter(pk__in=records.order_by().values("pk"))
        today = [(row.label, row.amount) for row in sums_by_kind(listed)]
        later = listed.filter(effective_on__gt=timezone.localdate())
        return today + [
            (_t("%(figure)s, from later dates") % {"figure": row.label}, row.amount)
            for row in sums_by_kind(later, on=datetime.date.max)
        ]
