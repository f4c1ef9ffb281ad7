"""Renders chairs' list entries, without templates: a rebuild renders two for every chair.

What an entry says in every language is made once for all of them, and what all entries of a language have in common once
for all chairs. Marks surround the cluster and the phase, so that a list whose entries share one can cut it out.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape

from django.db.models import Model
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext, override

from chairs.enums import PUBLIC_STATUS_LABELS, ChairStatus
from chairs.models import Appointment, Chair
from chairs.search.reading import listed
from chairs.templatetags.chair_pages import people_in, years_of
from clusters.enums import Origin
from core.addresses import addresses_of
from core.languages import CONTENT_LANGUAGES, reader_language

# Surrounds each part that can be cut out. A record's text cannot contain it, because its < is escaped.
CUT = "<!--cut-->"


def entries_html(chairs: Sequence[Chair], languages: Iterable[str]) -> dict[str, list[str]]:
    """Return the entries of chairs read by `whole_chairs`, by language, with the marks around what can be cut out."""
    same = list(map(_Same.of, chairs))
    found = {}
    for language in languages:
        with override(language):
            words = _Words.now()
            found[language] = [_entry(chair, its, words) for chair, its in zip(chairs, same, strict=True)]
    return found


def without_cuts(html: str, *, with_cluster: bool = True, with_phase: bool = True) -> SafeString:
    """Return an entry's HTML without the marks, and without its cluster or its phase if so asked."""
    before, cluster, phase, after = html.split(CUT)
    return mark_safe(before + (cluster if with_cluster else "") + (phase if with_phase else "") + after)


def text_html(record: Model, name: str, here: str) -> str:
    """Return a record's translated text as HTML for a page in this language, like the template tag `field`."""
    for language in (here, *CONTENT_LANGUAGES):
        if text := getattr(record, f"{name}_{language}", ""):
            said = escape(text)
            return said if language == here else f'<span lang="{language}">{said}</span>'
    return ""


def demonstration_mark() -> str:
    """Return the badge of a made-up record, in the markup of templates/_origin.html."""
    mark = escape(gettext("Demonstration"))
    return f' <span class="origin origin-demonstration">{mark}</span>'


@dataclass(frozen=True)
class _Same:
    """The parts of an entry that are the same in every language, as HTML."""

    acronym: str
    people: str
    unnamed: int
    cluster: str
    is_open: bool

    @classmethod
    def of(cls, chair: Chair) -> "_Same":
        acronym = chair.acronym_beside_title
        named, unnamed = _shown(chair)
        return cls(
            f' <span class="note">{escape(acronym)}</span>' if acronym else "",
            "".join(map(_person, named)),
            unnamed,
            _fact(escape(str(chair.cluster))),
            chair.is_fundable,
        )


@dataclass(frozen=True)
class _Words:
    """What entries say in a language, as HTML."""

    language: str
    address: Callable[..., str]
    is_open: str
    made_up: str
    themes: str
    statuses: dict[str, str]

    @classmethod
    def now(cls) -> "_Words":
        """Return the words of the active language."""
        is_open, themes = escape(gettext("Open to sponsors")), escape(gettext("Themes"))
        statuses = {status: _fact(escape(str(label))) for status, label in PUBLIC_STATUS_LABELS.items()}
        return cls(
            reader_language(),
            addresses_of("chairs:detail", 2),
            f'<p class="open-to-sponsors">{is_open}</p>',
            demonstration_mark(),
            f'<div class="entry-meta"><ul class="inline-list" aria-label="{themes}">',
            {**statuses, ChairStatus.SOURCED: ""},
        )


def _entry(chair: Chair, same: _Same, words: _Words) -> str:
    return _heading(chair, same, words) + _people(same) + _facts(chair, same, words) + _themes(chair, words)


def _heading(chair: Chair, same: _Same, words: _Words) -> str:
    address = escape(words.address(chair.cluster.slug, chair.slug))
    link = f'<a href="{address}">{text_html(chair, "title", words.language)}</a>'
    mark = words.made_up if chair.origin == Origin.DEMONSTRATION else ""
    is_open = words.is_open if same.is_open else ""
    return f'<div class="entry-line"><h3>{link}{same.acronym}{mark}</h3>{is_open}</div>'


def _shown(chair: Chair) -> tuple[list[Appointment], int]:
    """Return who holds the chair, and the number of those who may not be named; the team only if a source names nobody else."""
    people = people_in(listed(chair, "appointments"))
    is_held = people.named or people.unnamed
    return people.named if is_held else [post for group in people.team for post in group.named], len(people.unnamed)


def _person(post: Appointment) -> str:
    employer = f' <span class="note">({escape(str(post.affiliation))})</span>' if post.affiliation else ""
    return f"<li>{escape(str(post.person))}{employer}</li>"


def _people(same: _Same) -> str:
    items = same.people
    if number := same.unnamed:
        text = ngettext("one person to be announced", "%(number)s people to be announced", number)
        items += f"<li>{escape(text % {'number': number})}</li>"
    return f'<div><ul class="inline-list">{items}</ul></div>' if items else ""


def _facts(chair: Chair, same: _Same, words: _Words) -> str:
    phase = _fact(text_html(chair.phase, "name", words.language))
    kind = text_html(chair.kind, "name", words.language) if chair.kind else ""
    others = [_fact(text) for text in (kind, escape(years_of(chair))) if text]
    rest = " ".join(filter(None, [*others, words.statuses.get(chair.status, "")]))
    return f'<p class="entry-meta">{CUT}{same.cluster} {CUT}{phase} {CUT}{rest}</p>'


def _fact(html: str) -> str:
    return f"<span>{html}</span>"


def _themes(chair: Chair, words: _Words) -> str:
    themes = [f"<li>{text_html(theme, 'name', words.language)}</li>" for theme in listed(chair, "themes")]
    return f"{words.themes}{''.join(themes)}</ul></div>" if themes else ""
