"""A year that a cluster has closed, and a later amendment in it, which the coordinator allowed with a reason."""

import datetime
from decimal import Decimal

from demo.cast import Cast
from demo.histories import touched
from demo.papers import COUNTERSIGNED, conclude
from demo.sponsorships import reference_of
from demo.texts import days_ago, moment
from sponsorships.accounting.closed_years import allow_late, close
from sponsorships.models import ClosedYear, Sponsorship

AMENDED = "galvorne-castings"
# How many days ago the amendment took effect: in the closed year, which is over by now.
EFFECTIVE = 726
CLOSED, ALLOWED, SIGNED = (2, 5), (4, 3), (4, 7)
NOTE = "Compte rendu financier remis à l’ANR."
REASON = "L’avenant prend effet dans l’année, mais le partenaire ne l’a renvoyé signé qu’en avril."
AMENDMENT = {"reason": "Le fonds d’images double : deux fonderies de plus y versent les leurs.", "path": "elsewhere"}
IN_KIND = Decimal("22000")


def close_a_year(cast: Cast) -> None:
    """Close the year before the last, unless that was done, then enter the late amendment in it."""
    sponsorship = Sponsorship.objects.select_related("chair__cluster").get(reference=reference_of(AMENDED))
    cluster, effective = sponsorship.chair.cluster, days_ago(EFFECTIVE)
    if ClosedYear.objects.filter(cluster=cluster).exists():
        return
    year = effective.year
    closed, allowed, signed = (datetime.date(year + 1, *day) for day in (CLOSED, ALLOWED, SIGNED))
    close(cluster, year=year, by=cast.manager(cluster), note=NOTE, at=moment(closed, AMENDED))
    coordinator = cast.users["coordinator@example.org"]
    allow_late(sponsorship, year=year, by=coordinator, reason=REASON, at=moment(allowed, AMENDED))
    drafted = signed - datetime.timedelta(days=COUNTERSIGNED)
    conclude(sponsorship, AMENDMENT, drafted, cast, in_kind_amount=IN_KIND, effective_on=effective)
    touched(sponsorship, moment(signed, AMENDED))
