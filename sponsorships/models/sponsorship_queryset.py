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
    """Return whether the day from which something is published has come; no day means always."""
    return Q(**{field: None}) | Q(**{f"{field}__lte": on or timezone.localdate()})


def amount_is_public(on: datetime.date | None = None) -> Q:
    """Return whether the partner publishes the exact amount on a day, whatever becomes of the sponsorship."""
    return Q(has_come("named_from", on), has_come("amount_from", on), confidentiality=Confidentiality.PUBLIC)


class SponsorshipQuerySet(models.QuerySet):
    def sent(self) -> Self:
        """Sponsorships that have left the partner's desk: staff never see an unsent draft."""
        return self.filter(submitted_at__isnull=False)

    def pending(self):
        return self.filter(status__in=PENDING_STATUSES)

    def agreed(self):
        return self.filter(status__in=AGREED_STATUSES)

    def undecided(self):
        """Sponsorships that were sent and wait for a decision."""
        return self.filter(status__in=UNDECIDED_STATUSES)

    def named(self, on: datetime.date | None = None):
        """Accepted ones in public chairs whose partner agrees to be named on a day (today).

        All that the public learns.
        """
        return self.agreed().filter(
            has_come("named_from", on), chair__status__in=PUBLIC_STATUSES, confidentiality__in=NAMED
        )

    def with_public_amount(self, on: datetime.date | None = None):
        """Named ones whose exact amount the public may know."""
        return self.named(on).filter(amount_is_public(on))

    def with_agreed(self, on: datetime.date | None = None):
        """Add what the ledger says is agreed on a day (today): `agreed_cash` and, apart, `agreed_otherwise`."""
        agreed = Q(entries__kind=EntryKind.AGREED, entries__effective_on__lte=on or timezone.localdate())
        cash = Q(entries__contribution=Contribution.CASH)
        return self.annotate(
            agreed_cash=total("entries__amount", filter=agreed & cash),
            agreed_otherwise=total("entries__amount", filter=agreed & ~cash),
        )

    def of_investigator(self, user):
        """What was sent to the chairs in which this person is an investigator today."""
        return self.sent().filter(chair__in=chairs_held_by(user))

    def of_partner(self, user):
        """The files of the partners for which this person acts."""
        return self.filter(partner__in=_partners_of(user))

    def visible_to(self, user):
        """Own files for a partner, own chairs' for an investigator, own clusters' for staff; everything for the nation.

        Only the partner, and who of the staff keeps a draft on its behalf, see an unsent draft; nobody does any more
        once they have left the partner or the cluster, nor the keeper once the partner has taken the draft over.
        """
        if not user.is_authenticated or not user.is_active:
            return self.none()
        scope = clusters_of(user)
        partner_side = Q(partner__in=_partners_of(user))
        if scope.pks:
            partner_side |= Q(created_by=user, taken_over_at=None, chair__cluster__in=scope.pks)
        if user.is_superuser or scope.is_national:
            return self.filter(Q(submitted_at__isnull=False) | partner_side)
        theirs = Q(chair__in=chairs_held_by(user))
        if scope.pks:
            theirs |= Q(chair__cluster__in=scope.pks)
        return self.filter(partner_side | Q(submitted_at__isnull=False) & theirs)


def _partners_of(user):
    return Contact.objects.approved().filter(user=user.pk).order_by().values("partner")
