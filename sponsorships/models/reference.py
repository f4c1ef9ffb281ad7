from collections import defaultdict

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusters.models import Cluster

# Length of a sponsorship's reference; agreements and instalments derive theirs from it and their number.
MAX_LENGTH = 20
NUMBER_DIGITS = 4
# Letters that fit both languages: agreement and accord, payment and paiement.
AGREEMENT_MARK, INSTALMENT_MARK = "A", "P"


class ReferenceCounter(models.Model):
    """The last reference number that a cluster has given in a year; numbers have no gaps."""

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="+", verbose_name=_("cluster"))
    year = models.PositiveSmallIntegerField(_("year"))
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cluster", "year"], name="sponsorships_reference_counter_once"),
        ]

    def __str__(self):
        return written(self.cluster.code, self.year, self.last)


class ReferenceField(models.CharField):
    """A readable reference such as POST-2026-0042: set when the row is inserted, by any route, and never changed."""

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def pre_save(self, model_instance, add):
        value = super().pre_save(model_instance, add)
        if add and not value:
            year = timezone.localdate(model_instance.created_at).year
            [value] = take(model_instance.chair.cluster, year)
            setattr(model_instance, self.attname, value)
        return value


def written(code: str, year: int, number: int) -> str:
    return f"{code}-{year}-{number:0{NUMBER_DIGITS}d}"


def give(sponsorships) -> None:
    """Give references to many unsaved sponsorships, in their order; for bulk_create."""
    years = defaultdict(list)
    for one in sponsorships:
        years[one.chair.cluster, timezone.localdate(one.created_at).year].append(one)
    for (cluster, year), same in years.items():
        for one, reference in zip(same, take(cluster, year, len(same)), strict=True):
            one.short_reference = reference


@transaction.atomic
def take(cluster: Cluster, year: int, count: int = 1) -> list[str]:
    """Return the next `count` references of a cluster in a year.

    The counter stays locked in the caller's transaction: a rollback frees these numbers.
    """
    counter, _created = ReferenceCounter.objects.select_for_update().get_or_create(cluster=cluster, year=year)
    first = counter.last + 1
    counter.last += count
    counter.save(update_fields=["last"])
    return [written(cluster.code, year, number) for number in range(first, counter.last + 1)]
