from django.contrib import admin
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chairs.models import Activity, Chair
from clusters.models import Cluster
from clusters.perms import can_write_to_people, has_role_anywhere
from clusters.scopes import EDITORS, clusters_with
from core.admin.base import ScopedAdmin
from core.admin.filters import ScopedRelatedFilter, WaitingFilter
from core.admin.lifecycle import LifecycleAdmin
from core.admin.sums import SumsAdmin
from core.languages import columns_of
from core.money import euros
from core.on_behalf import hands_of
from partners.addressees import people_at
from partners.models import Contact
from sponsorships.accounting.activity_money import money_of
from sponsorships.admin.account import AccountAdmin
from sponsorships.admin.account_forms import EndForm
from sponsorships.admin.agreement_dashboard import what_accepted_wait
from sponsorships.admin.conflicts import ConflictFilter, ConflictsAdmin, conflicts_context
from sponsorships.admin.dashboard import totals, waiting_sponsorships, what_waits
from sponsorships.admin.filters import NextStepFilter
from sponsorships.admin.late_entries import LateEntriesAdmin
from sponsorships.admin.proposal_forms import OnBehalfForm
from sponsorships.admin.references import FoundByReference
from sponsorships.admin.remarks import RemarksForm
from sponsorships.admin.running import RunningContractsAdmin
from sponsorships.models import Sponsorship
from sponsorships.models.sponsorship_transition import acting
from sponsorships.perms import can_write_for
from sponsorships.proposals.conditions import ZERO

EFFECTS = {
    "submit": _("The proposal goes to the staff of the cluster, in the partner's name."),
    "resubmit": _("The revised proposal goes back into review, in the partner's name."),
    "review": _("The proposal is under review, and its page says so."),
    "request_changes": _("The proposal goes back to the partner, which may revise it."),
    "accept": _("The money counts as agreed, on the activity too."),
    "decline": _("The proposal is refused, and its money no longer counts. This is final."),
    "activate": _("The research begins, and instalments can fall due."),
    "complete": _("The research is done and nothing is owed. This is final."),
    "terminate": _("It ends early: what is not invoiced is no longer expected. This is final."),
}
# Verbs whose pages show who made the earlier decisions.
MONEY_VERBS = {"accept", "activate"}
# Fields that no list shows.
LONG_TEXTS = ["proposal", "purpose", "in_kind_description"]
TRANSLATED = ["summary", "description", "topic"]
LONG_TEXTS_OF_A_CHAIR = [*TRANSLATED, *columns_of(*TRANSLATED), "axis", "programme", "sources", "notes", "conflicts"]
WHO, WHAT, MONEY = _("Who, and in which chair"), _("What"), _("How much, and when")


@admin.register(Sponsorship)
class SponsorshipAdmin(
    FoundByReference,
    RunningContractsAdmin,
    ConflictsAdmin,
    LateEntriesAdmin,
    AccountAdmin,
    LifecycleAdmin,
    SumsAdmin,
    ScopedAdmin,
):
    """The sponsorships in the panel: proposals that partners have sent, and those that the user drafts for them.

    Staff decide with verbs and cannot edit the text. They may edit only what they drafted on a partner's behalf, until
    the partner takes it over.
    """

    form = OnBehalfForm
    change_form_template = "sponsorships/admin/sponsorship.html"
    confirm_verb_template = "sponsorships/admin/confirm_sponsorship_verb.html"
    verb_forms = {"request_changes": RemarksForm, "terminate": EndForm}
    sums_help = _("Net of VAT. Cash, in kind and skills are never added together.")
    add_title = _("Draft a proposal for a partner")
    who_changes = _(
        "You can only read this proposal: its words are the partner's. Staff change only what they drafted themselves "
        "on its behalf, until it is sent or the partner takes it over."
    )
    list_display = [
        "partner",
        "chair",
        "status",
        "short_reference",
        "cash",
        "in_kind",
        "skills",
        "short_regime",
        "conflicts",
        "sent_on",
        "origin",
    ]
    list_filter = [
        WaitingFilter,
        NextStepFilter,
        ConflictFilter,
        "status",
        "regime",
        ("chair__cluster", ScopedRelatedFilter),
        "origin",
    ]
    list_select_related = ["partner", "chair"]
    list_deferred = [*LONG_TEXTS, *(f"chair__{name}" for name in LONG_TEXTS_OF_A_CHAIR)]
    verbs_at_once = {
        "review": (),
        "accept": (),
        "decline": (),
        "activate": (),
        "complete": (),
        "terminate": ("on",),
    }
    verbs_held = {"accept", "decline"}
    export_columns = [
        *("partner__siren", "chair__cluster", "activity", "regime", "purpose", "starts_on", "ends_on", "is_cifre"),
        *("is_exclusive", "accepted_at", "reference"),
    ]
    is_list_prepared = True
    page_related = [
        "partner",
        "chair__cluster",
        "activity",
        "signatory__user",
        "signatory__partner",
        "created_by",
        "taken_over_by",
    ]
    ordering = ["-submitted_at", "-pk"]
    search_fields = ["partner__name_key", *columns_of("chair__title"), "purpose", "short_reference"]
    search_help_text = _("Name of the partner, title of the chair, words of the purpose, or reference.")
    autocomplete_fields = ["partner", "chair"]
    fieldsets = [
        (WHO, {"fields": ["partner", "chair", "activity", "signatory"]}),
        (WHAT, {"fields": ["proposal", "purpose", "regime", "is_cifre", "is_exclusive", "confidentiality"]}),
        (
            MONEY,
            {
                "description": _("In euros, net of VAT."),
                "fields": [
                    ("cash_amount", "in_kind_amount", "skills_amount"),
                    "in_kind_description",
                    ("starts_on", "ends_on"),
                ],
            },
        ),
    ]

    @admin.display(description=_("regime"), ordering="regime")
    def short_regime(self, sponsorship):
        """The short name of the regime; the record's page has the full one."""
        return sponsorship.get_regime_display().partition(":")[0].strip()

    @admin.display(description=_("cash (€)"), ordering="cash_amount")
    def cash(self, sponsorship):
        return _amount(sponsorship.cash_amount)

    @admin.display(description=_("in kind (€)"), ordering="in_kind_amount")
    def in_kind(self, sponsorship):
        return _amount(sponsorship.in_kind_amount)

    @admin.display(description=_("skills (€)"), ordering="skills_amount")
    def skills(self, sponsorship):
        return _amount(sponsorship.skills_amount)

    @admin.display(description=_("sent on"), ordering="submitted_at")
    def sent_on(self, sponsorship):
        return timezone.localdate(sponsorship.submitted_at) if sponsorship.submitted_at else None

    @admin.display(description=_("created by"))
    def author(self, sponsorship):
        """The author's name, without a link: only the coordinator may open accounts."""
        names = sponsorship.begun_by_names(sponsorship.created_by)
        return acting(sponsorship, sponsorship.created_by, names, is_partners_act=True)

    @admin.display(description=_("taken over by"))
    def taker(self, sponsorship):
        return sponsorship.taken_over_by or "—"

    # Permissions.

    def can_write_to_people(self, user):
        return can_write_to_people(user)

    def get_addressees(self, request, records):
        return people_at(records.values("partner"), request.user)

    def get_visible(self, user):
        """Return what was sent to the user's clusters, and what the user drafted on a partner's behalf."""
        return Sponsorship.objects.visible_to(user).filter(
            Q(submitted_at__isnull=False) | Q(created_by__in=hands_of(user), taken_over_at=None),
            chair__cluster__in=Cluster.objects.visible_to(user),
        )

    def can_add(self, user):
        return has_role_anywhere(user, EDITORS)

    def can_change(self, user, obj=None):
        if obj is None:
            return has_role_anywhere(user, EDITORS)
        return obj.is_editable and can_write_for(obj, user)

    def can_delete(self, user, obj):
        """Return whether the user may delete it: only their own draft on a partner's behalf, never sent."""
        return obj.submitted_at is None and can_write_for(obj, user)

    def get_history(self, record):
        """Leave out the history before the proposal was sent: the partner's drafts are private."""
        never_sent = Exists(Sponsorship.objects.filter(pk=OuterRef("id"), submitted_at=None))
        return super().get_history(record).filter(Q(submitted_at__isnull=False) | never_sent)

    # The form.

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            return self.fieldsets
        facts = [("origin", "author", "created_at", "submitted_at"), ("taken_over_at", "taker")]
        return [*self.fieldsets, (_("Record"), {"fields": facts, "classes": ["collapse"]})]

    def get_readonly_fields(self, request, obj=None):
        fixed = ["origin", "author", "created_at", "submitted_at", "taken_over_at", "taker"]
        return [] if obj is None else ["partner", "chair", *fixed]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        mine = clusters_with(request.user, EDITORS)
        if db_field.name == "chair":
            kwargs["queryset"] = Chair.objects.fundable().filter(cluster__in=mine)
        if db_field.name == "activity":
            kwargs["queryset"] = Activity.objects.open().filter(chair__cluster__in=mine).select_related("chair")
        if db_field.name == "signatory":
            visible = self.admin_site.get_model_admin(Contact).get_visible(request.user)
            kwargs["queryset"] = visible.approved().select_related("user", "partner")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        if change:
            # The new revision makes the partner's open form stale, so that it does not overwrite this.
            obj.revision += 1
        else:
            obj.created_by = request.user
        super().save_model(request, obj, form, change)

    # The page.

    def get_page_rows(self, record):
        contacts = Prefetch("partner__contacts", Contact.objects.select_related("user"))
        return [*super().get_page_rows(record), contacts, "agreements", "instalments"]

    def get_view_on_site_url(self, obj=None):
        """Return the address of the partner's page of the sponsorship."""

    def get_page_context(self, request, sponsorship):
        money = {"offered": _offered(sponsorship), "money": _money(sponsorship.activity)}
        return {**super().get_page_context(request, sponsorship), **money}

    def get_verb_context(self, request, verb, record):
        """Return the context of a verb's page: offered amounts, the activity's money, and conflicts."""
        money = {"offered": _offered(record), "money": _money(record.activity), "asks_two": verb in MONEY_VERBS}
        return money | conflicts_context(record, request.user)

    def get_waiting(self, user):
        return waiting_sponsorships(self.get_visible(user), user)

    def waits(self, user):
        return [*what_waits(self, user), *what_accepted_wait(self, user)]

    def sums(self, records):
        return totals(records)

    def effect(self, verb):
        return str(EFFECTS.get(verb, ""))


def _amount(value) -> str | None:
    """Return the amount in euros, or None, shown as a dash: a list full of zeros is hard to read."""
    return euros(value) if value else None


def _offered(sponsorship) -> list[tuple]:
    """Return pairs of label and amount for the three contributions."""
    return [
        (_("Cash"), euros(sponsorship.cash_amount or ZERO)),
        (_("In kind"), euros(sponsorship.in_kind_amount or ZERO)),
        (_("Skills"), euros(sponsorship.skills_amount or ZERO)),
    ]


def _money(activity) -> list[tuple]:
    """Return pairs of label and amount: the activity's target, agreed, pending and remaining cash; none without activity."""
    if activity is None:
        return []
    money = money_of(activity)
    return [
        (_("Target"), euros(money.target)),
        (_("Agreed"), f"{euros(money.agreed)} ({money.later_said})" if money.later else euros(money.agreed)),
        (_("Pending"), euros(money.pending)),
        (_("Remaining"), euros(money.remaining)),
    ]
