"""The entries of the lists of people and institutions, built from tuples without templates: a page has fifty."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import groupby
from typing import Any

from django.db.models import Case, Exists, OuterRef, When
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from chairs.models import Appointment, Chair
from chairs.models.chair_queryset import in_order_of_title
from clusters.enums import DirectorRole, InstitutionKind, MembershipRole, Origin
from clusters.models import Director, Institution, Membership, Person
from clusters.models.photograph import SMALL, address_of_picture
from core.addresses import address_of, addresses_of
from core.languages import reader_language
from core.prepared import Argument, Keys, Prepared
from core.primary_keys import any_of
from core.text import initial_of

KINDS, OFFICES, ROLES = (dict(enum.choices) for enum in (InstitutionKind, DirectorRole, MembershipRole))


@dataclass(frozen=True)
class Entry:
    """A record's entry in a list, and the initial under which it is grouped."""

    initial: str
    html: SafeString


def under_initials(entries: Sequence[Entry]) -> SafeString:
    """Return the entries as lists, each under its initial."""
    lists = []
    for initial, those in groupby(entries, lambda entry: entry.initial):
        items = "".join(f"<li>{entry.html}</li>" for entry in those)
        lists.append(f'<h3 class="initial">{escape(initial)}</h3>\n<ul class="entries entries-two">{items}</ul>\n')
    return mark_safe("".join(lists))


def people_of_page(pks: Sequence[int]) -> dict[int, Entry]:
    """Return the entries of people by key: name, offices, and chairs in order of title."""
    lines = defaultdict(list)
    for person, role, *cluster in _offices(pks=pks):
        lines[person].append(f"<p>{escape(OFFICES.get(role, role))}, {_cluster_link(*cluster)}</p>")
    address, here = addresses_of("chairs:detail", 2), reader_language()
    for person, slug, english, french, cluster, acronym, name in _posts(pks=pks):
        link = f'<a href="{address(cluster, slug)}">{_title(english, french, here)}</a>'
        lines[person].append(f'<p>{link} <span class="note">{escape(acronym or name)}</span></p>')
    found, address, marks = {}, addresses_of("chairs:person_detail", 1), _marks()
    for pk, name, key, slug, origin, family, pictured in _people(pks=pks):
        link = f'<a href="{address(slug)}">{escape(name)}</a>'
        face = face_html(name, family, address_of_picture(pk, SMALL) if pictured else "")
        found[pk] = Entry(initial_of(key), mark_safe(f"{face}<h4>{link} {marks[origin]}</h4>{''.join(lines[pk])}"))
    return found


def face_html(name: str, family_name: str, picture: str) -> SafeString:
    """Return a person's picture, or their initials. Hidden from screen readers: the name is next to it."""
    if picture:
        return mark_safe(f'<img class="face" src="{escape(picture)}" alt="" width="48" height="48" loading="lazy">')
    return mark_safe(f'<span class="initials" aria-hidden="true">{escape(initials_of(name, family_name))}</span>')


def initials_of(name: str, family_name: str) -> str:
    """Return the first letters of the given and the family name."""
    return (name[:1] + family_name[:1]).upper() if family_name else name[:1].upper()


def institutions_of_page(pks: Sequence[int], chair_counts: dict[int, int]) -> dict[int, Entry]:
    """Return the entries of institutions by key: name, number of chairs, kind, city, and roles in clusters."""
    roles: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for institution, role in _memberships(pks=pks):
        roles[institution][role] += 1
    found, address, marks = {}, addresses_of("chairs:institution_detail", 1), _marks()
    # Translated once, and not for each of fifty.
    kinds, labels = _in_words(KINDS), _in_words(ROLES)
    number_of_chairs = cache(_number_of_chairs)
    for pk, name, key, slug, acronym, origin, kind, city in _institutions(pks=pks):
        link = f'<a href="{address(slug)}">{escape(name)}</a>'
        short = f' <span class="note">{escape(acronym)}</span>' if acronym else ""
        line = f"<h4>{link}{short} {marks[origin]}</h4>{number_of_chairs(chair_counts.get(pk, 0))}"
        facts = [f"{kinds.get(kind, kind)}, {city}" if city else kinds.get(kind, kind)]
        facts += [
            f"{label} ({roles[pk][role]})" if roles[pk][role] > 1 else label
            for role, label in labels.items()
            if role in roles[pk]
        ]
        meta = "".join(f"<span>{escape(fact)}</span>" for fact in facts)
        html = f'<div class="entry-line">{line}</div><p class="entry-meta">{meta}</p>'
        found[pk] = Entry(initial_of(key), mark_safe(html))
    return found


def _in_words(labels: dict[str, Any]) -> dict[str, str]:
    return {value: str(label) for value, label in labels.items()}


def _cluster_link(slug: str, acronym: str, name: str) -> str:
    return f'<a href="{address_of("clusters:detail", slug)}">{escape(acronym or name)}</a>'


def _title(english: str | None, french: str | None, here: str) -> str:
    """Return a chair's title in the reader's language, or the other one with its `lang` attribute."""
    titles = {"en": english, "fr": french}
    if text := titles.get(here):
        return escape(text)
    language = "en" if english else "fr"
    return f'<span lang="{language}">{escape(titles[language] or "")}</span>'


def _marks() -> dict[str, str]:
    """Return the badge of each origin: “Demonstration” for a made-up record, empty for the others."""
    said = escape(gettext("Demonstration"))
    made_up = f'<span class="origin origin-demonstration">{said}</span>'
    return {origin: made_up if origin == Origin.DEMONSTRATION else "" for origin in Origin}


def _number_of_chairs(count: int) -> str:
    if not count:
        return ""
    said = ngettext("%(count)s chair", "%(count)s chairs", count) % {"count": count}
    return f'<p class="note">{escape(said)}</p>'


@Prepared
def _people() -> Any:
    people = Person.objects.filter(pk__in=any_of(Argument("pks", Keys()))).order_by()
    pictured = Case(When(is_hidden=False, then="photograph__person"))
    return people.values_list("pk", "name", "sort_key", "slug", "origin", "family_name", pictured)


@Prepared
def _posts() -> Any:
    # A subquery per row: otherwise SQLite would start with all published chairs.
    published = Exists(Chair.objects.published().filter(pk=OuterRef("chair")))
    posts = Appointment.objects.named().filter(published, person__in=any_of(Argument("pks", Keys())))
    chair = ("chair__slug", "chair__title_en", "chair__title_fr")
    cluster = ("chair__cluster__slug", "chair__cluster__acronym", "chair__cluster__name")
    return posts.order_by(*in_order_of_title("chair__")).values_list("person", *chair, *cluster)


@Prepared
def _offices() -> Any:
    offices = Director.objects.named().filter(person__in=any_of(Argument("pks", Keys())))
    return offices.values_list("person", "role", "cluster__slug", "cluster__acronym", "cluster__name")


@Prepared
def _institutions() -> Any:
    institutions = Institution.objects.filter(pk__in=any_of(Argument("pks", Keys()))).order_by()
    return institutions.values_list("pk", "name", "name_key", "slug", "acronym", "origin", "kind", "city")


@Prepared
def _memberships() -> Any:
    memberships = Membership.objects.filter(institution__in=any_of(Argument("pks", Keys()))).order_by()
    return memberships.values_list("institution", "role")
