"""Template tags for the panel's pages of partners and chairs: their sponsorships, money and open instalments."""

from copy import copy
from functools import partial

from django import template
from django.contrib import admin
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from clusters.models import Cluster
from core.admin.readers_queries import ask
from core.money import euros
from core.prepared import Argument
from sponsorships.accounting.sums import ZERO, total
from sponsorships.enums import SETTLED_STATUSES, Contribution, EntryKind
from sponsorships.models import Instalment, Sponsorship

register = template.Library()
# Sponsorships and instalments shown on a page; links lead to the full lists.
SHOWN, DUE_SHOWN = 10, 5
SUMS = {
    "agreed": (EntryKind.AGREED, True),
    "invoiced": (EntryKind.INVOICED, True),
    "received": (EntryKind.RECEIVED, True),
    "agreed_otherwise": (EntryKind.AGREED, False),
    "received_otherwise": (EntryKind.RECEIVED, False),
}
ALWAYS = ("agreed", "invoiced", "received")
LABELS = {
    "agreed": EntryKind.AGREED.label,
    "invoiced": EntryKind.INVOICED.label,
    "received": EntryKind.RECEIVED.label,
    "agreed_otherwise": _("Agreed in kind and skills"),
    "received_otherwise": _("Received in kind and skills"),
}
LIST = reverse_lazy("admin:sponsorships_sponsorship_changelist")


@register.inclusion_tag("sponsorships/admin/_desk.html")
def partner_desk(partner, user):
    """Show what a partner promised, was invoiced and paid, and its next instalments, as far as the user may see."""
    return _desk(user, partner=partner)


@register.inclusion_tag("sponsorships/admin/_desk.html")
def chair_desk(chair, user):
    """Show who funds a chair, the amounts, and the next instalments."""
    return _desk(user, chair=chair)


def _desk(user, **whose) -> dict:
    [(name, record)] = whose.items()
    reader, build = admin.site.reads_as(user), partial(_seen, copy(user), name)

    def asked(what, queryset):
        return ask(reader, ("desk", name, what), lambda: queryset(build()), record=record.pk)

    summed = partial(_summed, beside="partner" if name == "chair" else "chair")
    lines = asked("first", lambda seen: summed(seen)[: SHOWN + 1])
    has_more = len(lines) > SHOWN
    return {
        "lines": lines[:SHOWN],
        "is_of_chair": name == "chair",
        "facts": _facts(asked("all", summed) if has_more else lines),
        "due": asked("due", _due) if lines else [],
        "more_url": f"{LIST}?{urlencode({'q': str(record)})}" if has_more else "",
    }


def _seen(user, name: str):
    """Return the sent sponsorships of a partner or chair that the user sees in their clusters."""
    mine = Cluster.objects.visible_to(user).order_by().values("pk")
    seen = Sponsorship.objects.visible_to(user).sent()
    return seen.filter(chair__cluster__in=mine, **{name: Argument("record")})


def _summed(seen, beside: str):
    """Return the sponsorships with their sums, each with its partner or its chair: the one whose page it is not."""
    summed = seen.annotate(**{name: _sum(*which) for name, which in SUMS.items()})
    return summed.select_related(beside).order_by("-submitted_at", "-pk")


def _sum(kind: EntryKind, is_cash: bool):
    """Return an aggregate of today's entries of a kind: cash, or the rest."""
    counts = Q(entries__kind=kind, entries__effective_on__lte=timezone.localdate())
    cash = Q(entries__contribution=Contribution.CASH)
    return total("entries__amount", filter=counts & (cash if is_cash else ~cash))


def _facts(lines) -> list[tuple[str, str]]:
    """Return pairs of label and total over all lines: agreed, invoiced and received, cash apart from the rest."""
    sums = [(label, sum((getattr(one, name) for one in lines), ZERO), name) for name, label in LABELS.items()]
    return [(label, euros(amount)) for label, amount, name in sums if amount or (lines and name in ALWAYS)]


def _due(seen):
    """Return the next standing instalments that are not settled."""
    standing = Instalment.objects.standing().filter(sponsorship__in=seen.order_by().values("pk"))
    open_ones = standing.exclude(status__in=SETTLED_STATUSES).select_related("sponsorship")
    return open_ones.order_by(Coalesce("payable_on", "due_on"), "pk")[:DUE_SHOWN]
