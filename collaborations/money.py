"""How the money of a collaboration is divided among those who pay."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from chairs.models.share import WHOLE
from chairs.shares import divide
from collaborations.models import Collaboration, Participant
from core.money import percent


def why_not_shared(funding: Decimal | None, shares: Iterable[Decimal]) -> str:
    """Return why these shares do not divide the money, as a sentence; an empty text if they do."""
    given = list(shares)
    if funding is None:
        return _("There are shares and no money: enter the money, or empty the shares.") if given else ""
    added = sum(given, Decimal(0))
    if added == WHOLE:
        return ""
    return _("The shares of those who pay add up to %(sum)s: they must be 100%%.") % {"sum": percent(added)}


def amounts_of(collaboration: Collaboration, participants: Iterable[Participant]) -> dict[int, Decimal]:
    """Return what each participant pays, by key, to the cent; empty unless the shares add up to 100 %.

    The remaining cents go to the largest share, and of equal ones to the first.
    """
    shares = {one.pk: one.percent for one in participants if one.percent is not None}
    if collaboration.funding is None or why_not_shared(collaboration.funding, shares.values()):
        return {}
    lead = max(shares, key=lambda pk: (shares[pk], -pk))
    return divide(collaboration.funding, shares, lead)
