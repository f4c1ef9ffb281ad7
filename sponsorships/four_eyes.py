"""The people who have decided about a sponsorship's money, and whether its cluster needs two of them.

docs/money.md has the four-eyes rule.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import prefetch_related_objects
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from clusters.models import Cluster
from sponsorships.models import AgreementTransition, Sponsorship
from sponsorships.models.sponsorship_transition import acting

# The verbs that decide about money: those of the sponsorship, then those of its agreements.
DECISIONS = ("submit", "resubmit", "resolve_conflict", "value_counterparts", "accept", "activate")
BINDING = ("issue", "sign", "countersign", "record")


@dataclass(frozen=True)
class Decision:
    what: str
    who: str
    at: datetime


@dataclass(frozen=True)
class SwitchedOff:
    by: str
    at: datetime


def decisions(sponsorship: Sponsorship) -> list[Decision]:
    """Return the decisions about a sponsorship's money, oldest first, beginning with its draft."""
    author = sponsorship.created_by
    drafter = acting(sponsorship, author, str(author), is_partners_act=True)
    lines = [
        *(line for line in sponsorship.transitions.all() if line.verb in DECISIONS),
        *AgreementTransition.objects.filter(record__sponsorship=sponsorship, verb__in=BINDING).select_related(
            "by", "record"
        ),
    ]
    prefetch_related_objects(lines, "by")
    found = [Decision(capfirst(_line(line)), line.who, line.at) for line in sorted(lines, key=lambda line: line.at)]
    return [Decision(_("Drafted"), drafter, sponsorship.created_at), *found]


def switched_off(cluster: Cluster) -> SwitchedOff | None:
    """Return who switched the four-eyes rule off and when, from the field history; None if the history does not say."""
    last_on = cluster.history.filter(needs_four_eyes=True).order_by("-history_date", "-history_id").first()
    off = cluster.history.filter(needs_four_eyes=False)
    if last_on is not None:
        off = off.filter(history_date__gte=last_on.history_date).exclude(history_id=last_on.history_id)
    first = off.order_by("history_date", "history_id").select_related("history_user").first()
    if first is None or first.history_user is None:
        return None
    return SwitchedOff(str(first.history_user), first.history_date)


def _line(line) -> str:
    if isinstance(line, AgreementTransition):
        return _("%(agreement)s: %(done)s") % {"agreement": line.record, "done": line.done}
    return str(line.done)
