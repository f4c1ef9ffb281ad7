from operator import attrgetter

from django.contrib import admin
from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from clusters.models import Cluster
from clusters.perms import can_write_to_people, has_role_anywhere
from clusters.scopes import EDITORS, FINANCE, clusters_with
from core.admin.base import ScopedAdmin
from core.admin.dashboard import Wait
from core.admin.filters import ScopedRelatedFilter, WaitingFilter
from core.admin.lifecycle import LifecycleAdmin
from core.admin.sums import SumsAdmin
from core.languages import columns_of
from core.money import euros
from partners.addressees import people_at
from sponsorships.accounting.breakdown import sums_by_kind
from sponsorships.accounting.conditions import outstanding
from sponsorships.accounting.figures import now_and_later
from sponsorships.admin.account_forms import ActForm, ReversalForm
from sponsorships.admin.filters import OfAgreement, OfSponsorship, StateFilter
from sponsorships.admin.money import figures_of, ledger_url
from sponsorships.admin.payment_forms import InvoiceForm, OverpaymentForm, PaymentForm, RefundForm, WholePaymentForm
from sponsorships.admin.references import FoundByReference
from sponsorships.enums import EntryKind
from sponsorships.models import Instalment, LedgerEntry
from sponsorships.models.reference import INSTALMENT_MARK
from sponsorships.templatetags.money_blocks import instalment_state, state_of

EFFECTS = {
    "fall_due": _("It appears on the list of what is to be invoiced or called."),
    "invoice": _("It counts as invoiced, and the partner's page says what is payable, and by when."),
    "receive_part": _("The payment counts as received; the rest stays outstanding."),
    "receive": _("The payment counts as received and settles the instalment."),
    "overpay": _("The payment is recorded as an overpayment: it is owed to the partner."),
    "refund": _("The refund is deducted from the overpayment."),
    "reverse_payment": _("A separate entry reverses the payment; what it paid is outstanding again."),
    "cancel_invoice": _("A separate entry reverses the invoice or call, as a credit note does."),
    "write_off": _("What is outstanding is written off and no longer expected."),
    "undo_write_off": _("What was written off is expected again."),
}


@admin.register(Instalment)
class InstalmentAdmin(FoundByReference, LifecycleAdmin, SumsAdmin, ScopedAdmin):
    """The instalments in the panel. They are planned on their agreement; here they are invoiced and paid."""

    reference_mark = INSTALMENT_MARK
    change_form_template = "sponsorships/admin/instalment.html"
    sums_help = _("Net of VAT. Cash, in kind and skills are never added together.")
    who_changes = _("An instalment is planned on its agreement. What happens to it is recorded with the actions here.")
    verb_forms = {
        "invoice": InvoiceForm,
        "receive_part": PaymentForm,
        "receive": WholePaymentForm,
        "overpay": OverpaymentForm,
        "refund": RefundForm,
        "reverse_payment": ReversalForm,
        "cancel_invoice": ActForm,
        "write_off": ActForm,
        "undo_write_off": ActForm,
    }
    list_display = ["name", "chair", "short_reference", "value", "waits_for", "due_on", "state", "payable_on", "origin"]
    list_filter = [
        WaitingFilter,
        StateFilter,
        "status",
        ("sponsorship__chair__cluster", ScopedRelatedFilter),
        "condition",
        OfSponsorship,
        OfAgreement,
    ]
    list_select_related = ["sponsorship__partner", "sponsorship__chair__cluster", "agreement"]
    verbs_at_once = {"fall_due": (), "invoice": ("on", "payable_on"), "receive": ("on",), "write_off": ("on",)}
    export_columns = [
        *("sponsorship__partner", "sponsorship__partner__siren", "sponsorship__chair__cluster", "agreement", "number"),
        *("sponsorship__regime", "milestone", "invoice_number", "invoiced_on", "purchase_order"),
    ]
    ordering = ["due_on", "sponsorship", "number"]
    search_fields = [
        "sponsorship__partner__name_key",
        *columns_of("sponsorship__chair__title"),
        "sponsorship__short_reference",
        "invoice_number",
        "purchase_order",
        "entries__reference",
    ]
    search_help_text = _(
        "Partner, chair, reference, number of the invoice or call, purchase order, or reference of a payment."
    )
    readonly_fields = ["value", "file", "paper"]
    fields = [
        ("file", "paper"),
        ("value", "number"),
        ("condition", "due_on", "milestone"),
        ("report_from", "report_until"),
        ("invoice_number", "invoiced_on", "payable_on", "purchase_order"),
        ("superseded_on", "superseded_by"),
    ]

    @admin.display(description=_("instalment"), ordering="sponsorship__partner__name_key")
    def name(self, instalment):
        return f"{instalment.sponsorship.partner}, {instalment}"

    @admin.display(description=_("chair"), ordering="sponsorship__chair")
    def chair(self, instalment):
        return instalment.sponsorship.chair

    @admin.display(description=_("reference"), ordering="sponsorship__short_reference")
    def short_reference(self, instalment):
        return instalment.short_reference

    @admin.display(description=_("amount (€)"), ordering="amount")
    def value(self, instalment):
        return euros(instalment.amount)

    @admin.display(description=_("condition"), ordering="condition")
    def waits_for(self, instalment):
        return capfirst(instalment.awaited)

    @admin.display(description=_("status"), ordering="status")
    def state(self, instalment):
        return instalment_state(instalment)

    @admin.display(description=_("origin"))
    def origin(self, instalment):
        return instalment.sponsorship.get_origin_display()

    @admin.display(description=_("sponsorship"))
    def file(self, instalment):
        address = reverse("admin:sponsorships_sponsorship_change", args=[instalment.sponsorship_id])
        return format_html('<a href="{}">{}</a>', address, instalment.sponsorship)

    @admin.display(description=_("agreement"))
    def paper(self, instalment):
        address = reverse("admin:sponsorships_agreement_change", args=[instalment.agreement_id])
        return format_html('<a href="{}">{}</a>', address, instalment.agreement)

    def name_at_once(self, record):
        return f"{record.short_reference} · {self.name(record)}, {self.value(record)}"

    # Permissions.

    def can_write_to_people(self, user):
        return can_write_to_people(user) or has_role_anywhere(user, FINANCE)

    def get_addressees(self, request, records):
        return people_at(records.values("sponsorship__partner"), request.user, EDITORS | FINANCE)

    def can_act_at_once(self, user):
        return has_role_anywhere(user, FINANCE)

    def get_visible(self, user):
        """Return the instalments of the user's clusters, without those that they see as a partner or investigator."""
        return Instalment.objects.visible_to(user).filter(
            sponsorship__chair__cluster__in=Cluster.objects.visible_to(user)
        )

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("sponsorship__partner", "sponsorship__chair", "agreement")

    # The page.

    def get_page_rows(self, record):
        entries = LedgerEntry.objects.select_related("reverses").order_by("position")
        return [*super().get_page_rows(record), Prefetch("entries", entries)]

    def get_view_on_site_url(self, obj=None):
        """Return the address of the partner's page of the sponsorship, which shows the instalment."""

    def get_page_context(self, request, instalment):
        money = {
            "state": state_of(instalment),
            "outstanding": euros(outstanding(instalment)),
            "figures": figures_of(now_and_later(instalment.entries.all()), instalment=instalment.pk),
            "entries": instalment.entries.all(),
            "ledger_url": ledger_url(instalment=instalment.pk),
        }
        return {**super().get_page_context(request, instalment), **money}

    def sums(self, records):
        return _totals(records)

    def effect(self, verb):
        return str(EFFECTS.get(verb, ""))

    # The list of what waits.

    def get_waiting(self, user):
        mine = self.get_visible(user).filter(sponsorship__chair__cluster__in=clusters_with(user, FINANCE))
        return mine.to_invoice() | mine.overdue(timezone.localdate())

    def waits(self, user):
        def mine():
            seen = self.get_visible(user).select_related("sponsorship__partner", "sponsorship__chair", "agreement")
            return seen.filter(sponsorship__chair__cluster__in=clusters_with(user, FINANCE))

        def due():
            return mine().to_invoice().order_by("due_at", "pk")

        def late():
            return mine().overdue(timezone.localdate()).with_left().order_by("payable_on", "pk")

        return [
            Wait(
                self,
                due,
                _to_invoice,
                "?state=due",
                _due,
                why=_("Invoice it, or call for the gift"),
                since=attrgetter("due_at"),
            ),
            Wait(
                self,
                late,
                _overdue,
                "?state=overdue",
                _late,
                why=_("Have it paid"),
                since=attrgetter("invoiced_at"),
                due=attrgetter("payable_on"),
            ),
        ]


def _totals(instalments) -> list[tuple]:
    """Return pairs of label and sum for a list: amounts of standing instalments, of the others, and of their entries."""
    listed = instalments.order_by()
    standing = Instalment.objects.filter(pk__in=listed.values("pk")).standing().total()
    others = listed.total() - standing
    entries = LedgerEntry.objects.filter(instalment__in=instalments.order_by().values("pk"))
    kinds = (EntryKind.INVOICED, EntryKind.RECEIVED, EntryKind.OVERPAID, EntryKind.WRITTEN_OFF)
    sums = {(row.kind, row.contribution): row.amount for row in sums_by_kind(entries)}
    replaced = [(_t("Rescheduled or draft amounts, shown separately"), others)] if others else []
    return [(_t("Amounts of the list"), standing), *replaced] + [
        (kind.label, sums[kind, "cash"]) for kind in kinds if (kind, "cash") in sums
    ]


def _to_invoice(number) -> str:
    return (
        ngettext("%d instalment needs to be invoiced or called", "%d instalments need to be invoiced or called", number)
        % number
    )


def _overdue(number) -> str:
    return ngettext("%d instalment is overdue", "%d instalments are overdue", number) % number


def _due(instalment) -> str:
    return _t("%(partner)s, %(amount)s, due since %(day)s") % {
        "partner": instalment.sponsorship.partner,
        "amount": euros(instalment.amount),
        "day": date_format(timezone.localtime(instalment.due_at)),
    }


def _late(instalment) -> str:
    return _t("%(partner)s, %(amount)s, payable by %(day)s") % {
        "partner": instalment.sponsorship.partner,
        "amount": euros(instalment.left),
        "day": date_format(instalment.payable_on),
    }
