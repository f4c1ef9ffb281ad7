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

# Wide enough to hide an amount, narrow enough to tell a thesis from a laboratory. Each begins where the one before ends.
BAND_STEPS = [10_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 5_000_000]


def shown_sponsorships(on: datetime.date | None = None):
    """Sponsorships that may be told of on a day (today), with what a page shows beside them."""
    named = Sponsorship.objects.named(on).with_agreed(on)
    return named.select_related("partner", "chair__cluster", "chair__phase", "activity")


def shown_in(chair: Chair) -> list[Sponsorship]:
    """Return the sponsorships of a chair that may be told of today; asked once for a chair's page, whatever shows them."""
    if not hasattr(chair, "_shown_sponsorships"):
        # Most chairs have none: that is asked first, and is the cheaper question.
        chair._shown_sponsorships = _shown(chair=chair.pk) if _named(chair=chair.pk) else []
    return chair._shown_sponsorships


def shown_then(chair: Chair, day: datetime.date) -> list[Sponsorship]:
    """Return those of them to which something was agreed by a day, with what was: what is hidden today stays hidden."""
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
    """Return what may be published of the amounts, cash apart from what is given otherwise; nothing without leave.

    They are what the ledger says is agreed: an amendment changes them, and the figures of the site say the same. The
    sponsorship comes from `shown_sponsorships`.
    Exact ones are `cash` and `otherwise`, bands (as sentences) `cash_band` and `otherwise_band`.
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
    """Return the band of round sums in which an amount lies; empty without an amount."""
    if not amount:
        return ""
    below = [step for step in BAND_STEPS if step <= amount]
    above = [step for step in BAND_STEPS if step > amount]
    if not below:
        return _("less than %(most)s") % {"most": euros(above[0])}
    if not above:
        return _("%(least)s or more") % {"least": euros(below[-1])}
    return _("%(least)s to %(most)s") % {"least": euros(below[-1]), "most": euros(above[0])}
