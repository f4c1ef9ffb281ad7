"""What happens to a chair's sponsorships when the chair is closed, withdrawn or suspended.

Whoever ends the chair decides on each sponsorship.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, TextChoices, prefetch_related_objects
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from chairs.models import Chair
from core.exceptions import Refused
from core.money import euros
from core.prepared import Argument, Prepared
from sponsorships.agreements.terms import in_force
from sponsorships.enums import LIVE_STATUSES, InstalmentStatus, SponsorshipStatus
from sponsorships.models import Agreement, Instalment, Sponsorship
from sponsorships.verbs import decline, terminate


class Fate(TextChoices):
    DECLINE = "decline", gettext_lazy("Decline it, with the reason")
    TERMINATE = "terminate", gettext_lazy("End it early, with the reason and the day")
    LEAVE = "leave", gettext_lazy("Leave it as it is for now")


@dataclass(frozen=True)
class End:
    """The decision on one sponsorship: what happens to it, why, and on which day it ends."""

    fate: str
    why: str = ""
    on: datetime.date | None = None


def live_in(chair):
    """Return the chair's sponsorships that are sent and neither ended nor declined."""
    found = Sponsorship.objects.filter(chair=chair, status__in=LIVE_STATUSES)
    return found.select_related("partner", "chair").order_by("submitted_at", "pk")


def fates_of(sponsorship: Sponsorship, verb: str) -> list[Fate]:
    """Return the decisions that are possible for a sponsorship.

    A pending one cannot stay in a closed or withdrawn chair; an active one may run to its end.
    """
    is_running = sponsorship.status == SponsorshipStatus.ACTIVE
    first = Fate.TERMINATE if is_running else Fate.DECLINE
    return [first, Fate.LEAVE] if is_running or verb == "suspend" else [first]


def amount_of(sponsorship: Sponsorship) -> str:
    """Return the amount agreed, or else offered, as text: cash first, then in kind and skills together."""
    source = in_force(sponsorship) or sponsorship
    cash, other = source.cash_amount or 0, (source.in_kind_amount or 0) + (source.skills_amount or 0)
    parts = [_("%(amount)s in cash") % {"amount": euros(cash)}] if cash or not other else []
    parts += [_("%(amount)s in kind or skills") % {"amount": euros(other)}] if other else []
    return ", ".join(parts)


def described(sponsorship: Sponsorship) -> str:
    """Return a sponsorship in one line: partner, status and amount."""
    return _("%(partner)s (%(status)s, %(amount)s)") % {
        "partner": sponsorship.partner,
        "status": str(sponsorship.get_status_display()).lower(),
        "amount": amount_of(sponsorship),
    }


def money_due(chair) -> list[str]:
    """Return a sentence for each payment that is due in the chair, and for each agreement in force that is not started."""
    if chair.is_forming:
        return []  # nobody can propose money before the chair is approved
    bound = _bound(chair=chair.pk)
    prefetch_related_objects(bound, "agreements")
    return [_due(one) for one in _waiting(chair=chair.pk)] + [
        _("%(sponsorship)s: its agreement is in force. Start it first; then it can be ended early.")
        % {"sponsorship": described(one)}
        for one in bound
    ]


@Prepared
def _waiting():
    """Return the chair's instalments that are due, or invoiced and not yet paid."""
    waiting = Instalment.objects.standing().filter(
        sponsorship__chair=Argument("chair"), status__in=[InstalmentStatus.DUE, InstalmentStatus.INVOICED]
    )
    return waiting.select_related("sponsorship__partner").order_by("sponsorship", "number")


@Prepared
def _bound():
    """Return the chair's accepted sponsorships whose agreement is in force: they wait to be started."""
    in_force = Agreement.objects.in_force().filter(sponsorship=OuterRef("pk"))
    return live_in(Argument("chair")).filter(Exists(in_force), status=SponsorshipStatus.ACCEPTED)


def _due(instalment: Instalment) -> str:
    said = {
        "partner": instalment.sponsorship.partner,
        "instalment": instalment,
        "amount": euros(instalment.amount),
        "day": date_format(instalment.invoiced_on) if instalment.invoiced_on else "",
    }
    if instalment.status == InstalmentStatus.INVOICED:
        return (
            _(
                "Money is due: %(partner)s, %(instalment)s of %(amount)s was asked for on %(day)s. Record its payment "
                "or write it off first."
            )
            % said
        )
    return (
        _(
            "Money is due: %(partner)s, %(instalment)s of %(amount)s is to be asked for. Ask for it, or end its "
            "sponsorship early first."
        )
        % said
    )


def lock_sponsorships(chair) -> None:
    """Lock the chair's sponsorships before the chair itself, in the same order as an acceptance does."""
    list(Sponsorship.objects.select_for_update().filter(chair=chair).order_by("pk").values_list("pk", flat=True))


def end_sponsorships(
    chair: Chair, verb: str, ends: Mapping[int, End], *, by: User | None, at: datetime.datetime
) -> None:
    """Apply the decision on each live sponsorship, in the transaction of the chair's verb.

    A suspension leaves undecided sponsorships as they are; closing or withdrawing a chair raises Refused if one has no
    decision.
    """
    for sponsorship in live_in(chair):
        end = ends.get(sponsorship.pk) or _unsaid(sponsorship, verb)
        if end.fate not in fates_of(sponsorship, verb):
            raise Refused([_unsaid_sentence(sponsorship)])
        if end.fate == Fate.DECLINE:
            decline(sponsorship, by=by, note=end.why, at=at)
        elif end.fate == Fate.TERMINATE:
            terminate(sponsorship, by=by, note=end.why, at=at, on=end.on)


def _unsaid(sponsorship: Sponsorship, verb: str) -> End:
    if verb == "suspend":
        return End(Fate.LEAVE)
    raise Refused([_unsaid_sentence(sponsorship)])


def _unsaid_sentence(sponsorship: Sponsorship) -> str:
    return _("Say what becomes of this sponsorship first: %(sponsorship)s.") % {"sponsorship": described(sponsorship)}
