import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from chairs.enums import PUBLIC_STATUSES
from chairs.models.appointment import chairs_held_by
from clusters.scopes import clusters_of
from partners.models.partner import Contact
from sponsorships.accounting.sums import total
from sponsorships.enums import (
    AGREED_STATUSES,
    NAMED,
    PENDING_STATUSES,
    UNDECIDED_STATUSES,
    Confidentiality,
    Contribution,
    EntryKind,
)


def has_come(field: str, on: datetime.date | None = None) -> Q:
    """Return a filter: the day in `field` has come, or is empty, which means always."""
    return Q(**{field: None}) | Q(**{f"{field}__lte": on or timezone.localdate()})


def amount_is_public(on: datetime.date | None = None) -> Q:
    """Return a filter: the partner publishes the exact amount on a day, whatever the sponsorship's status."""
    return Q(has_come("named_from", on), has_come("amount_from", on), confidentiality=Confidentiality.PUBLIC)


class SponsorshipQuerySet(models.QuerySet):
    def sent(self) -> Self:
        """Return sponsorships that were sent: staff never see an unsent draft."""
        return self.filter(submitted_at__isnull=False)

    def pending(self):
        return self.filter(status__in=PENDING_STATUSES)

    def agreed(self):
        return self.filter(status__in=AGREED_STATUSES)

    def undecided(self):
        """Return sponsorships that were sent and wait for a decision."""
        return self.filter(status__in=UNDECIDED_STATUSES)

    def named(self, on: datetime.date | None = None):
        """Return agreed sponsorships in public chairs whose partner may be named on a day (default today).

        The public learns of no others.
        """
        return self.agreed().filter(
            has_come("named_from", on), chair__status__in=PUBLIC_STATUSES, confidentiality__in=NAMED
        )

    def with_public_amount(self, on: datetime.date | None = None):
        """Return named sponsorships whose exact amount is public."""
        return self.named(on).filter(amount_is_public(on))

    def with_agreed(self, on: datetime.date | None = None):
        """Annotate the amounts agreed on a day (default today) in the ledger: `agreed_cash`, and `agreed_otherwise` for the rest."""
        agreed = Q(entries__kind=EntryKind.AGREED, entries__effective_on__lte=on or timezone.localdate())
        cash = Q(entries__contribution=Contribution.CASH)
        return self.annotate(
            agreed_cash=total("entries__amount", filter=agreed & cash),
            agreed_otherwise=total("entries__amount", filter=agreed & ~cash),
        )

    def of_investigator(self, user):
        """Return sponsorships sent to the chairs in which the user is an investigator today."""
        return self.sent().filter(chair__in=chairs_held_by(user))

    def of_partner(self, user):
        """Return the sponsorships of the partners for which the user acts."""
        return self.filter(partner__in=_partners_of(user))

    def visible_to(self, user):
        """Return the sponsorships that the user may see.

        Partners see their own; investigators those of their chairs; staff those of their clusters; national staff all.
        An unsent draft is visible only to its partner, and to the staff member who drafted it on the partner's behalf
        until the partner takes it over. People who have left the partner or the cluster lose access.
        """
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(is_seen_by(user))


def is_seen_by(user, path: str = "") -> Q:
    """Whether an active user sees a sponsorship; `path` leads to it from another record, as “sponsorship__”."""
    scope = clusters_of(user)
    partner_side = Q(**{f"{path}partner__in": _partners_of(user)})
    if scope.pks:
        of_clusters = Q(**{f"{path}chair__cluster__in": scope.pks})
        partner_side |= Q(of_clusters, **{f"{path}created_by": user, f"{path}taken_over_at": None})
    sent = Q(**{f"{path}submitted_at__isnull": False})
    if user.is_superuser or scope.is_national:
        return sent | partner_side
    theirs = Q(**{f"{path}chair__in": chairs_held_by(user)})
    if scope.pks:
        theirs |= of_clusters
    return partner_side | sent & theirs


def _partners_of(user):
    return Contact.objects.approved().filter(user=user.pk).order_by().values("partner")
