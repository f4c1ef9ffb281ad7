"""What the public may read of a sponsorship: as its partner chose, and nothing beside."""

from partners.enums import Confidentiality
from partners.models import Sponsorship


def shown_sponsorships():
    """Sponsorships that may be told of, with what a page shows beside them."""
    return Sponsorship.objects.named().select_related("partner", "chair__cluster", "chair__phase", "activity")


def public_amounts(sponsorship: Sponsorship) -> dict:
    """Answer the amounts that may be published, cash apart from what is given otherwise; none without leave."""
    if sponsorship.confidentiality != Confidentiality.PUBLIC:
        return {}
    otherwise = (sponsorship.in_kind_amount or 0) + (sponsorship.skills_amount or 0)
    return {"cash": sponsorship.cash_amount or 0, "otherwise": otherwise}
