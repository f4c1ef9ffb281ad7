"""Invented collaborations of clusters with each other, with companies and abroad."""

from decimal import Decimal

from chairs.models import Chair
from clusters.enums import Origin
from clusters.models import Cluster, Institution
from collaborations.models import Collaboration, Participant
from core.slugs import address_of
from demo.tally import Tally
from demo.texts import read

OPTIONAL = ("summary_en", "summary_fr", "starts", "ends", "people", "funding", "is_intended")


def make_collaborations(clusters: dict[str, Cluster], tally: Tally) -> None:
    """Create the missing collaborations with their participants."""
    institutions = {institution.name: institution for institution in Institution.objects.all()}
    for text in read("collaborations")["collaboration"]:
        values = {name: text[name] for name in OPTIONAL if name in text} | {
            "title_en": text["title_en"],
            "title_fr": text["title_fr"],
            "kind": text["kind"],
            "countries": sorted(text["countries"]),
            "kept_by": clusters.get(text.get("kept_by")),
            "origin": Origin.DEMONSTRATION,
        }
        slug = address_of(text["title_en"])
        collaboration, is_new = tally.add_missing(Collaboration, values, slug=slug)
        if is_new:
            _fill(collaboration, text, clusters, institutions)


def _fill(collaboration: Collaboration, text: dict, clusters: dict, institutions: dict) -> None:
    part = {text.get("kept_by"), *text.get("clusters", [])}
    for who, kind, country, share in text.get("with", []):
        named = who in clusters or who in institutions
        participant = Participant(
            collaboration=collaboration,
            cluster=clusters.get(who),
            institution=institutions.get(who),
            name="" if named else who,
            kind="" if named else kind,
            country=country,
            percent=Decimal(share) if share else None,
        )
        participant.full_clean()
        participant.save()
        part.add(who)
    collaboration.clusters.set(clusters[slug] for slug in part if slug in clusters)
    collaboration.chairs.set(
        Chair.objects.get(cluster__slug=cluster, slug=slug) for cluster, slug in text.get("chairs", [])
    )
