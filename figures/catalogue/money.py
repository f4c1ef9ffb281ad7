"""Public figures of what partners add, as far as they publish it: each exhibit of the page of figures by itself."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from figures.catalogue.figure import PublicFigure, Reading


def of_part(slug: str, unit: str, definition: Callable[[], str]) -> Callable[[Reading], PublicFigure]:
    """Return a function that makes a figure from the page's exhibits with this slug."""

    def make(reading: Reading) -> PublicFigure:
        exhibits = [one for part in reading.parts for one in part.drawn if one.slug == slug]
        counted = _(
            "Only sponsorships whose partner publishes the amount, in public chairs; euros net of VAT, cash only."
        )
        source = _("The ledger of Cathedra: each sum opens its entries")
        return PublicFigure(slug, f"{definition()} {counted}", unit, exhibits, [source])

    return make


pipeline = of_part("pipeline", "EUR", lambda: _("What partners agreed, by the status of their sponsorships."))
partners_money = of_part(
    "partners-money",
    "EUR",
    lambda: _("What partners agreed and what they paid, by the calendar year in which it takes effect."),
)
quarters = of_part(
    "quarters", "EUR", lambda: _("What partners agreed and what they paid, by the quarter in which it takes effect.")
)
leverage = of_part(
    "leverage",
    "EUR per EUR",
    lambda: _(
        "Partners’ euros per euro of public grant, agreed and received. Made-up money is never divided by a real grant."
    ),
)
