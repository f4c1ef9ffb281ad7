import datetime

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce, NullIf

from chairs.enums import FUNDABLE_STATUSES, PUBLIC_STATUSES, WATCHED_STATUSES, ChairStatus
from chairs.models.appointment import chairs_held_by
from clusters.scopes import clusters_of
from core.languages import content_language
from core.lookups import Folded


def in_order_of_title(prefix: str = "") -> list:
    """Return the `order_by` of the title shown to the reader, in alphabetical order: É sorts with E, not after Z."""
    shown = [f"{prefix}title_{content_language()}", f"{prefix}title_en", f"{prefix}title_fr"]
    return [Folded(Coalesce(*(NullIf(name, Value("")) for name in shown))), f"{prefix}pk"]


def is_fundable(chair: str = "") -> Q:
    """Return the condition that a chair can take a sponsor's money.

    `chair` is the path to the chair from another model, such as “chair__”.
    """
    return Q(**{f"{chair}status__in": FUNDABLE_STATUSES, f"{chair}rule__is_open_to_partners": True})


class ChairQuerySet(models.QuerySet):
    def published(self):
        """Return the chairs that the public sees."""
        return self.filter(status__in=PUBLIC_STATUSES)

    def no_longer_published(self):
        """Return the chairs that were public once approved, and were withdrawn before they began."""
        return self.filter(status=ChairStatus.WITHDRAWN, approved_at__isnull=False)

    def fundable(self):
        """Return the chairs that can take a sponsor's money: in a fundable status, under a rule open to partners."""
        return self.filter(is_fundable())

    def held_to_their_rule(self):
        """Return the chairs whose composition is watched: approved under a rule, and not ended."""
        return self.filter(status__in=WATCHED_STATUSES)

    def non_conforming(self):
        """Return the chairs on record as breaking their rule (`chairs.conformity`)."""
        return self.filter(non_conforming_since__isnull=False)

    def ending_by(self, date: datetime.date):
        """Return the chairs that are not ended and whose last day is this date or before."""
        return self.held_to_their_rule().filter(ends_on__lte=date)

    def visible_to(self, user):
        """Return the chairs whose private side the user sees: their clusters' for staff, their own for an investigator.

        Staff of a cluster that funds a share of the chair see it too: their manager must read what to agree to.
        """
        if not user.is_authenticated or not user.is_active:
            return self.none()
        scope = clusters_of(user)
        if user.is_superuser or scope.is_national:
            return self
        mine = Q(cluster__in=scope.pks) | Q(pk__in=chairs_held_by(user))
        if scope.pks:
            shared = self.model.shares.rel.related_model.objects.filter(cluster__in=scope.pks)
            mine |= Q(pk__in=shared.order_by().values("chair"))
        return self.filter(mine)

    def with_page_data(self):
        """Fetch everything that a list of chairs shows, in a constant number of queries."""
        return self.select_related("cluster", "kind", "phase", "rule").prefetch_related(
            "themes", "appointments__person", "appointments__affiliation"
        )
