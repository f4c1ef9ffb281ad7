"""How to cite a public figure: with both its days in the address, which then shows the same whatever is recorded later."""

from dataclasses import replace

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from figures.catalogue.figure import TITLES
from figures.catalogue.registry import DATED
from figures.dated import Dates


def citation_of(slug: str, dates: Dates) -> str:
    """Return the line that cites a figure as read today. Without another day asked for, it is as known today."""
    today = timezone.localdate()
    fixed = dates if dates.known is not None else replace(dates, known=today)
    parts = [
        _("“%(title)s”") % {"title": TITLES[slug]},
        _("Cathedra, the chairs of %(clusters)s") % {"clusters": settings.PROGRAMME},
        _("Demonstration") if settings.DEMONSTRATION else "",
        _days(fixed) if slug in DATED else "",
    ]
    address = (
        settings.SITE_URL + reverse("figures:figure", args=[slug]) + (f"?{fixed.address}" if slug in DATED else "")
    )
    read = _("read on %(day)s") % {"day": date_format(today)}
    return ". ".join(filter(None, parts)) + f". {address} ({read})."


def _days(dates: Dates) -> str:
    days = {"day": date_format(dates.on), "known": date_format(dates.known)}
    return _("As of %(day)s, as known at the end of %(known)s") % days
