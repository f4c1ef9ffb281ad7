"""What the panel shows about all sponsorships: those that wait for the user, and the totals under the list."""

from operator import attrgetter

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from clusters.scopes import EDITORS, clusters_with
from core.admin.dashboard import Wait
from core.money import euros
from core.on_behalf import hands_of
from partners.enums import ContactState
from partners.models import Contact
from sponsorships.accounting.breakdown import sums_by_kind
from sponsorships.enums import Contribution, EntryKind, SponsorshipStatus
from sponsorships.models import LedgerEntry
from sponsorships.proposals.conditions import ZERO


def waiting_sponsorships(sponsorships, user):
    """Narrow to sponsorships that the user's clusters have received and not yet decided."""
    unanswered = [SponsorshipStatus.SUBMITTED, SponsorshipStatus.IN_REVIEW]
    return sponsorships.filter(chair__cluster__in=clusters_with(user, EDITORS), status__in=unanswered)


def to_go_on_with(sponsorships, user):
    """Narrow to unsent or returned proposals that the user drafts on a partner's behalf (see `can_write_for`)."""
    theirs = Q(created_by__in=hands_of(user), taken_over_at=None, chair__cluster__in=clusters_with(user, EDITORS))
    open_ones = [SponsorshipStatus.DRAFT, SponsorshipStatus.CHANGES_REQUESTED]
    acts = Contact.objects.filter(user=user, state=ContactState.APPROVED).order_by().values("partner")
    return sponsorships.filter(theirs, status__in=open_ones).exclude(partner__in=acts)


def what_waits(page, user) -> list[Wait]:
    def unanswered():
        seen = page.get_visible(user).select_related("partner", "chair__cluster")
        return waiting_sponsorships(seen, user).order_by("submitted_at", "pk")

    def on_behalf():
        seen = page.get_visible(user).select_related("partner", "chair__cluster")
        return to_go_on_with(seen, user).order_by("updated_at", "pk")

    return [
        Wait(
            page,
            unanswered,
            _waits,
            "?waiting=me",
            _sent,
            why=gettext_lazy("Answer the proposal"),
            since=attrgetter("submitted_at"),
        ),
        Wait(
            page,
            on_behalf,
            _drafted,
            "?waiting=me",
            lambda sponsorship: str(sponsorship.chair.cluster),
            why=gettext_lazy("Finish what was drafted on the partner’s behalf"),
            since=attrgetter("updated_at"),
        ),
    ]


def totals(sponsorships) -> list[tuple]:
    """Return pairs of label and sum for a list of sponsorships, one per kind and contribution, from one query."""
    entries = LedgerEntry.objects.filter(sponsorship__in=sponsorships.order_by().values("pk"))
    sums = {(row.kind, row.contribution): row.amount for row in sums_by_kind(entries)}
    labels = {
        (EntryKind.ASKED, Contribution.CASH): _("Cash offered"),
        (EntryKind.AGREED, Contribution.CASH): _("Cash accepted"),
        (EntryKind.ASKED, Contribution.IN_KIND): _("In kind, offered"),
        (EntryKind.ASKED, Contribution.SKILLS): _("Skills, offered"),
    }
    return [(label, sums.get(key, ZERO)) for key, label in labels.items()]


def _waits(number) -> str:
    return (
        ngettext("%d sponsorship is waiting for an answer", "%d sponsorships are waiting for an answer", number)
        % number
    )


def _drafted(number) -> str:
    sentence = ngettext(
        "%d proposal on a partner’s behalf is to be finished",
        "%d proposals on partners’ behalf are to be finished",
        number,
    )
    return sentence % number


def _sent(sponsorship) -> str:
    return _("%(cluster)s, %(offer)s, sent on %(day)s") % {
        "cluster": sponsorship.chair.cluster,
        "offer": _offer(sponsorship),
        "day": date_format(sponsorship.submitted_at),
    }


def _offer(sponsorship) -> str:
    """Return the offered amounts as text, one per contribution, without those that are zero."""
    amounts = [
        (_("%(amount)s in cash"), sponsorship.cash_amount),
        (_("%(amount)s in kind"), sponsorship.in_kind_amount),
        (_("%(amount)s in skills"), sponsorship.skills_amount),
    ]
    return get_text_list([text % {"amount": euros(amount)} for text, amount in amounts if amount], _("and"))
