"""What of a chair is indexed: only what its public page shows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from django.conf import settings
from django.db.models import Prefetch

from chairs.models import Appointment, Chair
from chairs.search.words import terms
from clusters.models import Institution
from clusters.text import fold

LANGUAGES = settings.MODELTRANSLATION_LANGUAGES


@dataclass(frozen=True)
class Document:
    """One chair, ready for the index."""

    pk: int
    title_terms: frozenset[str]
    body_terms: frozenset[str]
    # The title folded, by language: what lists are sorted by.
    title_keys: dict[str, str]


def documents_of(pks: Iterable[int]) -> Iterator[Document]:
    """Answer the documents of these chairs, in a constant number of queries."""
    institutions = Institution.objects.prefetch_related("aliases")
    # A name is public where a source states it or its owner agreed; the employer is, either way.
    posts = Appointment.objects.select_related("person", "discipline").prefetch_related(
        Prefetch("affiliation", institutions), Prefetch("other_affiliation", institutions)
    )
    chairs = (
        Chair.objects.filter(pk__in=pks)
        .select_related("cluster", "kind")
        .prefetch_related("themes", "stated_partners", "activities", Prefetch("appointments", posts))
    )
    return map(document_of, chairs)


def document_of(chair: Chair) -> Document:
    title_terms = terms(" ".join([*_translated(chair, "title"), chair.acronym]))
    return Document(
        pk=chair.pk,
        title_terms=frozenset(title_terms),
        body_terms=frozenset(terms(" ".join(_body(chair))) - title_terms),
        title_keys={language: fold(_title_in(chair, language)) for language in LANGUAGES},
    )


def _translated(record, *names: str) -> Iterator[str]:
    """Answer a record's text in every language in which it is written."""
    for name in names:
        for language in LANGUAGES:
            yield getattr(record, f"{name}_{language}") or ""


def _title_in(chair: Chair, language: str) -> str:
    """Answer the title that a reader of this language sees: theirs, else the other."""
    titles = [getattr(chair, f"title_{code}") for code in (language, *LANGUAGES)]
    return next(filter(None, titles), "")


def _body(chair: Chair) -> Iterator[str]:
    cluster = chair.cluster
    return chain(
        _translated(chair, "summary", "description", "topic"),
        [chair.axis, chair.programme, cluster.name, cluster.acronym, cluster.city],
        _translated(chair.kind, "name", "acronym") if chair.kind else [],
        *(_translated(theme, "name") for theme in chair.themes.all()),
        *(_translated(activity, "title", "description") for activity in chair.activities.all()),
        *(_post(post) for post in chair.appointments.all()),
        *([partner.name, partner.unit] for partner in chair.stated_partners.all()),
    )


def _post(post: Appointment) -> Iterator[str]:
    return chain(
        [post.person.name, post.laboratory] if post.is_named else [],
        _translated(post.discipline, "name") if post.discipline else [],
        _institution(post.affiliation),
        _institution(post.other_affiliation),
    )


def _institution(institution: Institution | None) -> list[str]:
    if institution is None:
        return []
    return [institution.name, institution.acronym, *(alias.name for alias in institution.aliases.all())]
