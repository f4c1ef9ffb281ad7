"""The money section of a sponsorship's page: figures, agreements, instalments, and links to begin them."""

from functools import partial
from operator import attrgetter

from django.db.models import DateField, Value
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.admin.confirmation import Act, NoteForm, confirm
from core.admin.lifecycle import Button
from core.admin.record_page import change_url
from core.money import euros
from core.prepared import Argument, Prepared
from sponsorships.accounting import in_kind
from sponsorships.accounting.figures import rows_by_day, split_at
from sponsorships.admin.account_forms import InKindForm, InKindReversalForm
from sponsorships.admin.money import figures_of, ledger_url
from sponsorships.agreements.drafting import draft, why_not_draft
from sponsorships.agreements.terms import in_force
from sponsorships.enums import AGREED_STATUSES, AgreementPath, Contribution, EntryKind, SponsorshipStatus
from sponsorships.models import LedgerEntry
from sponsorships.perms import COLLECTING, MANAGING_AGREEMENTS, can_decide, can_keep_accounts
from sponsorships.proposals.conditions import standing

# Figures that the page shows even at zero.
ALWAYS = tuple(
    (kind, Contribution.CASH) for kind in (EntryKind.ASKED, EntryKind.AGREED, EntryKind.INVOICED, EntryKind.RECEIVED)
)
# The statuses with money to follow, from acceptance on.
WITH_ACCOUNT = (*AGREED_STATUSES, SponsorshipStatus.TERMINATED)
PATHS = {
    AgreementPath.GENERATED: gettext_lazy("Draft the agreement"),
    AgreementPath.ELSEWHERE: gettext_lazy("Record one signed elsewhere"),
}
PATH_EFFECTS = {
    AgreementPath.GENERATED: gettext_lazy(
        "A draft begins with what is known. Once it is complete you issue it: the document is made and signed on this site."
    ),
    AgreementPath.ELSEWHERE: gettext_lazy(
        "A draft begins with what is known. Once it is complete, with the signed document, you record it."
    ),
}


class AccountAdmin:
    """Adds to a sponsorship's page its account, and the pages that begin agreements and record contributions in kind."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path(
                "<path:object_id>/agreement/<slug:way>/", view(self.draft_view), name="sponsorships_sponsorship_draft"
            ),
            path("<path:object_id>/in-kind/", view(self.in_kind_view), name="sponsorships_sponsorship_in_kind"),
            path(
                "<path:object_id>/in-kind/<int:entry>/",
                view(self.reverse_in_kind_view),
                name="sponsorships_sponsorship_reverse_in_kind",
            ),
            *super().get_urls(),
        ]

    def get_page_context(self, request, sponsorship):
        account = account_of(sponsorship, request.user) if sponsorship.status in WITH_ACCOUNT else {}
        return {**super().get_page_context(request, sponsorship), **account}

    def draft_view(self, request, object_id, way):
        """Confirm, then draft an agreement from what is known and open its page."""
        if way not in AgreementPath.values:
            raise Http404
        sponsorship = self.open_record(request, object_id)
        act = Act(
            label=str(PATHS[way]),
            effect=PATH_EFFECTS[way],
            may=can_decide,
            who=MANAGING_AGREEMENTS,
            why_not=why_not_draft,
            do=lambda form, note: draft(sponsorship, by=request.user, path=AgreementPath(way)),
            goes_to=change_url,
        )
        return confirm(self, request, sponsorship, act)

    def in_kind_view(self, request, object_id):
        """Record a contribution in kind or skills."""
        sponsorship = self.open_record(request, object_id)
        what = {"label": _("What was given"), "help_text": _("Required. What it was; it stays on the record.")}
        act = Act(
            label=_("Record a contribution in kind or skills"),
            effect=_("It counts as received, in kind or in skills, apart from cash."),
            may=can_keep_accounts,
            who=COLLECTING,
            why_not=in_kind.why_not_record,
            do=lambda form, note: in_kind.record(sponsorship, by=request.user, note=note, **form.given()),
            done=_("%(record)s: recorded.") % {"record": sponsorship},
            form=lambda data, record: InKindForm(data, record=record),
            note=partial(NoteForm, required=True, **what),
        )
        return confirm(self, request, sponsorship, act)

    def reverse_in_kind_view(self, request, object_id, entry):
        """Reverse a contribution in kind or skills that was recorded by mistake."""
        sponsorship = self.open_record(request, object_id)
        found = get_object_or_404(_given(sponsorship), pk=entry)

        def why_not(sponsorship, user):
            taken_back = [_("This entry is already reversed.")] if hasattr(found, "reversed_by") else []
            return in_kind.why_not_record(sponsorship, user) + taken_back

        act = Act(
            label=_("Reverse the contribution"),
            effect=_("A separate entry reverses it; both stay in the ledger."),
            may=can_keep_accounts,
            who=COLLECTING,
            why_not=why_not,
            do=lambda form, note: in_kind.reverse(found, by=request.user, note=note, token=form.cleaned_data["act"]),
            done=_("%(record)s: reversed.") % {"record": sponsorship},
            form=lambda data, record: InKindReversalForm(data),
            note=partial(NoteForm, required=True),
        )
        return confirm(self, request, sponsorship, act)


def account_of(sponsorship, user) -> dict:
    """Return the template context for a sponsorship's money."""
    sums = split_at(timezone.localdate(), _sums(sponsorship=sponsorship.pk))
    agreements = sorted(sponsorship.agreements.all(), key=attrgetter("number"))
    begin = _buttons_to_begin(sponsorship, user)
    # An accepted sponsorship waits for its first agreement, so that its button stands beside the status.
    is_next = sponsorship.status == SponsorshipStatus.ACCEPTED and not agreements
    return {
        "figures": figures_of(sums, ALWAYS, sponsorship=sponsorship.pk),
        "ledger_url": ledger_url(sponsorship=sponsorship.pk),
        "agreements": agreements,
        "instalments": standing(sponsorship),
        "next_buttons": [button for button in begin if is_next and not button.reasons],
        "begin": [button for button in begin if not is_next or button.reasons],
        "in_kind": _in_kind_button(sponsorship, user),
        "beyond": _beyond(sums[0]),
        "gifts": _gifts(sponsorship=sponsorship.pk),
    }


@Prepared
def _sums():
    entries = LedgerEntry.objects.filter(sponsorship=Argument("sponsorship"))
    return rows_by_day(entries, Value(timezone.localdate(), DateField()))


@Prepared
def _gifts():
    return _given(Argument("sponsorship")).select_related("reversed_by").order_by("position")


def _buttons_to_begin(sponsorship, user) -> list[Button]:
    """Return the two buttons that begin an agreement, or an amendment if an agreement is in force."""
    reasons = why_not_draft(sponsorship, user)
    amends = in_force(sponsorship) is not None
    labels = {
        AgreementPath.GENERATED: _("Draft an amendment") if amends else PATHS[AgreementPath.GENERATED],
        AgreementPath.ELSEWHERE: _("Record an amendment signed elsewhere")
        if amends
        else PATHS[AgreementPath.ELSEWHERE],
    }
    return [
        Button(str(label), reverse("admin:sponsorships_sponsorship_draft", args=[sponsorship.pk, way.value]), reasons)
        for way, label in labels.items()
    ]


def _in_kind_button(sponsorship, user) -> Button:
    address = reverse("admin:sponsorships_sponsorship_in_kind", args=[sponsorship.pk])
    label = _("Record a contribution in kind or skills")
    return Button(label, address, in_kind.why_not_record(sponsorship, user))


def _beyond(now) -> list[str]:
    """Return a sentence for each contribution in kind or skills of which more was received than agreed."""
    others = (Contribution.IN_KIND, Contribution.SKILLS)
    found = [(one.label, in_kind.excess(now, one)) for one in others]
    said = _("%(contribution)s: %(beyond)s more was received than agreed.")
    return [said % {"contribution": label, "beyond": euros(beyond)} for label, beyond in found if beyond]


def _given(sponsorship):
    """Return the received entries in kind or skills, without reversals."""
    given = LedgerEntry.objects.filter(sponsorship=sponsorship, kind=EntryKind.RECEIVED, reverses=None)
    return given.exclude(contribution=Contribution.CASH)
