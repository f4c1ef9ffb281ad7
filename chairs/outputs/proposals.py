"""Proposes outputs that acknowledge a cluster's grant to the chairs of their authors.

They are not public until the chair's investigators or the cluster's staff confirm them.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import User
from chairs.models import Appointment, Chair
from chairs.outputs.adding import Known, Plan, add
from chairs.outputs.candidates import Candidate, Refusal
from chairs.outputs.references import names_grant
from clusters.models import Cluster
from core.text import fold


class Authors:
    """The people of a cluster's chairs, to find among the authors of outputs."""

    def __init__(self, cluster: Cluster) -> None:
        posts = (
            Appointment.objects.filter(chair__cluster=cluster).select_related("chair", "person").order_by("chair", "pk")
        )
        self.chairs: dict[int, Chair] = {}
        self.by_family_name: defaultdict[str, list[tuple[list[str], int]]] = defaultdict(list)
        for post in posts:
            words = fold(post.person.name).split()
            self.chairs[post.chair_id] = post.chair
            for word in words[1:] or words:
                self.by_family_name[word].append((words, post.chair_id))

    def chairs_of(self, authors: Iterable[str]) -> list[Chair]:
        """Return the chairs with a person among the authors."""
        found: dict[int, None] = {}
        for author in authors:
            words = fold(author).split()
            near = [place for word in words for place in self.by_family_name.get(word, ())]
            found |= {chair: None for person, chair in near if _is_same(words, person)}
        return [self.chairs[chair] for chair in found]


def _is_same(author: list[str], person: list[str]) -> bool:
    """Return whether an author may be this person.

    “A. Nombre” and “Ada Béa Nombre” may be Ada Nombre; “Bea Nombre” is not.
    """
    initials = {word[0] for word in person}
    is_shorter = all(word in person or (len(word) == 1 and word in initials) for word in author)
    return len(author) > 1 and (is_shorter or all(word in author for word in person))


def plan_proposals(cluster: Cluster, candidates: Iterable[Candidate], refusals: Iterable[Refusal] = ()) -> Plan:
    """Return the plan of proposing candidates to the chairs of the cluster."""
    plan, authors = Plan(refusals=list(refusals)), Authors(cluster)
    known: dict[int, Known] = {}
    for candidate in candidates:
        chairs = authors.chairs_of(candidate.authors)
        if not names_grant(candidate.stated_references, cluster.anr_reference):
            reason = _("Does not name the grant %(reference)s.") % {"reference": cluster.anr_reference or "—"}
            plan.refusals.append(Refusal(candidate.line, candidate.label, reason))
        elif not chairs:
            reason = _("Names the grant, but none of its authors is in a chair: add it on the page of its chair.")
            plan.refusals.append(Refusal(candidate.line, candidate.label, reason))
        for chair in chairs if names_grant(candidate.stated_references, cluster.anr_reference) else ():
            _plan_one(plan, known, chair, candidate)
    return plan


def _plan_one(plan: Plan, known: dict[int, Known], chair: Chair, candidate: Candidate) -> None:
    if chair.pk not in known:
        known[chair.pk] = Known(chair)
    if said := known[chair.pk].duplicate_of(candidate):
        plan.duplicates.append((candidate, said))
    else:
        known[chair.pk].take(candidate, _("the same as on line %(line)s: “%(label)s”"))
        plan.additions.append((chair, candidate))


def propose(additions: Iterable[tuple[Chair, Candidate]], *, by: User | None) -> int:
    """Propose outputs to chairs. Return how many were added."""
    of_chair: defaultdict[Chair, list[Candidate]] = defaultdict(list)
    for chair, candidate in additions:
        of_chair[chair].append(candidate)
    return sum(add(chair, candidates, by=by, is_confirmed=False) for chair, candidates in of_chair.items())


def propose_from_hal() -> int:
    """Propose the outputs that HAL has under the clusters' grants. Return how many were added.

    If HAL does not respond, the rest waits for the next night.
    """
    if not settings.ASK_REGISTRIES:
        return 0
    # Imported here: only the worker needs the HTTP client, and the web processes do not load it.
    from chairs.outputs.registries import Registries, Unanswered

    number = 0
    with Registries() as registries:
        for cluster in Cluster.objects.exclude(anr_reference="").order_by("pk"):
            try:
                found = registries.naming(cluster.anr_reference)
            except Unanswered:
                break
            number += propose(plan_proposals(cluster, found).additions, by=None)
    return number
