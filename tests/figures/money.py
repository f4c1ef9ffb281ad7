"""Money for the tests of figures: small sponsorships whose every euro is known."""

import datetime
import uuid
from decimal import Decimal

from sponsorships.accounting.posting import Line, post
from sponsorships.enums import Contribution, EntryKind
from tests.factories import make_chair, make_cluster, make_share, make_sponsorship, make_staff
from tests.verbs import perform


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def entered(sponsorship, kind, amount, on, contribution=Contribution.CASH, activity=None, at=None):
    """Post one entry by itself, to count from a day on; recorded now, or at a moment."""
    method = "" if contribution == Contribution.CASH else "cost"
    line = Line(EntryKind(kind), Decimal(amount), Contribution(contribution), activity, method=method)
    return post(sponsorship, [line], on=day(on), at=at, token=uuid.uuid4())[0]


def silent_sponsorship(**overrides):
    """An accepted sponsorship in whose account only the test writes: nothing was offered."""
    return make_sponsorship("accepted", cash_amount=None, **overrides)


def shared_chair(*percents: str, lead=None):
    """An active chair that clusters share, all having agreed; its own cluster has the first percentage."""
    lead = lead or make_cluster()
    clusters = [lead, *(make_cluster() for _percent in percents[1:])]
    chair = make_chair("active", cluster=lead)
    for cluster, percent in zip(clusters, percents, strict=True):
        make_share(chair, cluster, percent, by=make_staff(cluster))
    return chair, clusters


def paid(instalment, by, amount, verb="receive", **details):
    """Invoice an instalment that is due, and record a payment."""
    for step, more in (("fall_due", {}), ("invoice", {"number": f"F-{instalment.pk}"})):
        instalment = perform(instalment, step, by=by, details=more)
    return perform(instalment, verb, by=by, details={"amount": Decimal(amount), "reference": "VIR", **details})
