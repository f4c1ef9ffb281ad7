"""A collaboration as linked data in its page (core/linked_data.py)."""

from django.utils.safestring import SafeString

from clusters.linked_data import about, cluster_of, institution_of, present, site, words
from clusters.origins import is_told
from collaborations.models import Collaboration, Participant
from core.linked_data import Node, euros_of, node, script


def collaboration_script(collaboration: Collaboration, participants: list[Participant]) -> SafeString:
    """Return the script of a collaboration's page; empty if it gets no linked data."""
    if not is_told(collaboration):
        return SafeString("")
    clusters = [cluster_of(cluster) for cluster in collaboration.clusters.all()]
    members = {str(one): one for one in present([*clusters, *map(_member, participants)])}
    funding = node("MonetaryGrant", amount=euros_of(collaboration.funding)) if collaboration.funding else None
    said = about(
        "Project",
        collaboration,
        words(collaboration, "title"),
        description=words(collaboration, "summary"),
        sameAs=site(collaboration.website),
        foundingDate=collaboration.starts,
        dissolutionDate=collaboration.ends,
        member=list(members.values()),
        funding=funding,
    )
    return script(said)


def _member(participant: Participant) -> Node | None:
    if participant.cluster:
        return cluster_of(participant.cluster)
    return institution_of(participant.institution) or node("Organization", name=participant.name)
