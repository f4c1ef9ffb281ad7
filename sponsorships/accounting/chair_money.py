"""The cash promised to chairs and received, as columns for the export of a list."""

from typing import Any

from django.db.models import Case, Expression, OuterRef, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clusters.models import Cluster
from sponsorships.accounting.sums import ZERO, CentsField, total
from sponsorships.enums import Contribution, EntryKind
from sponsorships.models import LedgerEntry, Sponsorship

AMOUNT = {"max_digits": 16, "decimal_places": 2}


def money_of_chairs(user: User) -> dict[str, tuple[Promise, Expression]]:
    """Return label and expression of each column, by name: today's cash, from the sponsorships that the user sees.

    A chair of a cluster that the user does not see has no amount (None), which differs from zero.
    """
    mine = Cluster.objects.visible_to(user).order_by().values("pk")
    seen = Sponsorship.objects.visible_to(user).sent().order_by().values("pk")
    entries = LedgerEntry.objects.filter(
        sponsorship__chair=OuterRef("pk"),
        sponsorship__in=seen,
        contribution=Contribution.CASH,
        effective_on__lte=timezone.localdate(),
    )

    def known(amount: Any) -> Expression:
        return Case(When(cluster__in=mine, then=amount), default=None, output_field=CentsField(**AMOUNT))

    def sum_of(kind: EntryKind) -> Any:
        summed = entries.filter(kind=kind).order_by().values("sponsorship__chair").annotate(sum=total()).values("sum")
        return Coalesce(Subquery(summed), ZERO, output_field=CentsField(**AMOUNT))

    promised, received = sum_of(EntryKind.AGREED), sum_of(EntryKind.RECEIVED)
    return {
        "money_promised": (_("Promised in cash (€)"), known(promised)),
        "money_received": (_("Received in cash (€)"), known(received)),
        "money_remaining": (_("Still to come in cash (€)"), known(promised - received)),
    }
