"""The public figures with their own pages, in the order of the page of figures."""

from collections.abc import Iterable

from figures.catalogue import counts, grants, money
from figures.catalogue.figure import Maker, Reading
from figures.charts import Exhibit

FIGURES: dict[str, Maker] = {
    "grants": grants.grants,
    "map": grants.on_the_map,
    "chairs-by-theme": counts.chairs_by_theme,
    "people-trained": counts.people_trained,
    "start-ups": counts.start_ups,
    "pipeline": money.pipeline,
    "partners-money": money.partners_money,
    "quarters": money.quarters,
    "leverage": money.leverage,
}
# The figures that depend on the date, because they read the ledger; the others are as known today.
DATED = ("map", "pipeline", "partners-money", "quarters", "leverage")
# The figures that the page shows above the sums of money.
OF_THE_STATE, OF_THE_CLUSTERS = ("grants", "map"), ("chairs-by-theme", "people-trained", "start-ups")


def exhibits(reading: Reading, slugs: Iterable[str]) -> tuple[list[Exhibit], list[Exhibit]]:
    """Return the exhibits of these figures: those of real records, and those of made-up ones."""
    real, made_up = [], []
    for slug in slugs:
        for is_made_up, one in FIGURES[slug](reading).parts:
            (made_up if is_made_up else real).append(one)
    return real, made_up
