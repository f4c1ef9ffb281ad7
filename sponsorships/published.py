"""What the public may read about a sponsorship on a date: exactly what its partner chose. docs/publication.md."""

import datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from chairs.models import Chair
from core.money import euros
from core.prepared import Argument, Prepared
from sponsorships.enums import Confidentiality
from sponsorships.models import Sponsorship

# The fields that say whether a sponsorship tells of invented records (clusters/origins.py).
ORIGINS = ("origin", "partner__origin", "chair__origin")
# Wide enough to hide an amount, narrow enough to tell a thesis from a laboratory. Each band begins where the last ends.
BAND_STEPS = [10_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 5_000_000]


def shown_sponsorships(on: datetime.date | None = None):
    """Return the sponsorships whose partner may be named on a day (default today), with their related records."""
    named = Sponsorship.objects.named(on).with_agreed(on)
    return named.select_related("partner", "chair__cluster", "chair__phase", "activity")


def shown_in(chair: Chair) -> list[Sponsorship]:
    """Return the chair's sponsorships whose partner may be named today, read once per chair instance."""
    if not hasattr(chair, "_shown_sponsorships"):
        # Most chairs have none: ask this first, since the query is cheaper.
        chair._shown_sponsorships = _shown(chair=chair.pk) if _named(chair=chair.pk) else []
    return chair._shown_sponsorships


def shown_then(chair: Chair, day: datetime.date) -> list[Sponsorship]:
    """Return the chair's sponsorships that are public today and had an agreed amount on `day`, with that amount.

    What is hidden today stays hidden for past days too.
    """
    found = Sponsorship.objects.named().with_agreed(day) if _named(chair=chair.pk) else Sponsorship.objects.none()
    found = found.filter(chair=chair.pk).select_related("partner").order_by("partner__name_key", "pk")
    return [one for one in found if one.agreed_cash or one.agreed_otherwise]


@Prepared
def _named():
    return Sponsorship.objects.named().filter(chair=Argument("chair")).order_by().values_list("pk")


@Prepared
def _shown():
    return shown_sponsorships().filter(chair=Argument("chair")).order_by("partner__name_key", "pk")


def public_amounts(sponsorship: Sponsorship, on: datetime.date | None = None) -> dict:
    """Return the amounts that may be published on a day: cash, and the rest apart; empty if none may be.

    Exact amounts are in `cash` and `otherwise`; bands, as sentences, in `cash_band` and `otherwise_band`. They come
    from the ledger, so that amendments count and the site's figures agree. The sponsorship must come from
    `shown_sponsorships`.
    """
    on = on or timezone.localdate()
    if any(day is not None and day > on for day in (sponsorship.named_from, sponsorship.amount_from)):
        return {}
    cash, otherwise = sponsorship.agreed_cash, sponsorship.agreed_otherwise
    if sponsorship.confidentiality == Confidentiality.PUBLIC:
        return {"cash": cash, "otherwise": otherwise}
    if sponsorship.confidentiality == Confidentiality.BAND:
        return {"cash_band": band_of(cash), "otherwise_band": band_of(otherwise)}
    return {}


def band_of(amount: Decimal) -> str:
    """Return the band that contains an amount, as a sentence; an empty text for no amount."""
    if not amount:
        return ""
    below = [step for step in BAND_STEPS if step <= amount]
    above = [step for step in BAND_STEPS if step > amount]
    if not below:
        return _("less than %(most)s") % {"most": euros(above[0])}
    if not above:
        return _("%(least)s or more") % {"least": euros(below[-1])}
    return _("%(least)s to %(most)s") % {"least": euros(below[-1]), "most": euros(above[0])}
