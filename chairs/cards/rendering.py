"""Renders a chair's list entry in the active language, without templates: a rebuild renders two for every chair.

Marks surround the cluster and the phase, so that a list whose entries share one can cut it out.
"""

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from chairs.enums import ChairStatus
from chairs.models import Appointment, Chair
from chairs.search.reading import listed
from chairs.templatetags.chair_pages import People, people_in, years_of
from clusters.enums import Origin
from clusters.templatetags.records import field

# Surrounds each part that can be cut out. A record's text cannot contain it, because its < is escaped.
CUT = "<!--cut-->"


def entry_html(chair: Chair) -> str:
    """Return the entry of a chair read by `whole_chairs`, with the marks around what can be cut out."""
    return _heading(chair) + _people(people_in(listed(chair, "appointments"))) + _facts(chair) + _themes(chair)


def without_cuts(html: str, *, with_cluster: bool = True, with_phase: bool = True) -> SafeString:
    """Return an entry's HTML without the marks, and without its cluster or its phase if so asked."""
    before, cluster, phase, after = html.split(CUT)
    return mark_safe(before + (cluster if with_cluster else "") + (phase if with_phase else "") + after)


def _heading(chair: Chair) -> str:
    link = format_html('<a href="{}">{}</a>', chair.get_absolute_url(), field(chair, "title"))
    beside = chair.acronym_beside_title
    acronym = format_html(' <span class="note">{}</span>', beside) if beside else ""
    is_open = (
        format_html('<p class="open-to-sponsors">{}</p>', gettext("Open to sponsors")) if chair.is_fundable else ""
    )
    return f'<div class="entry-line"><h3>{link}{acronym}{demonstration_mark(chair)}</h3>{is_open}</div>'


def demonstration_mark(chair: Chair) -> str:
    """Return the badge of a made-up chair, in the markup of templates/_origin.html; empty for another chair."""
    if chair.origin != Origin.DEMONSTRATION:
        return ""
    return format_html(' <span class="origin origin-demonstration">{}</span>', gettext("Demonstration"))


def _people(people: People) -> str:
    """Return the people who hold the chair; the team only if a source names nobody else."""
    is_held = people.named or people.unnamed
    named = people.named if is_held else [post for group in people.team for post in group.named]
    items = [_person(post) for post in named]
    if number := len(people.unnamed):
        text = ngettext("one person to be announced", "%(number)s people to be announced", number)
        items.append(format_html("<li>{}</li>", text % {"number": number}))
    return f'<div><ul class="inline-list">{"".join(items)}</ul></div>' if items else ""


def _person(post: Appointment) -> str:
    if post.affiliation is None:
        return format_html("<li>{}</li>", post.person)
    return format_html('<li>{} <span class="note">({})</span></li>', post.person, post.affiliation)


def _facts(chair: Chair) -> str:
    cluster, phase = (_fact(text) for text in (str(chair.cluster), field(chair.phase, "name")))
    others = [field(chair.kind, "name") if chair.kind else "", years_of(chair)]
    if chair.status != ChairStatus.SOURCED:
        others.append(chair.public_status)
    rest = " ".join(_fact(text) for text in others if text)
    return f'<p class="entry-meta">{CUT}{cluster} {CUT}{phase} {CUT}{rest}</p>'


def _fact(text: str) -> str:
    return f"<span>{conditional_escape(text)}</span>"


def _themes(chair: Chair) -> str:
    themes = listed(chair, "themes")
    if not themes:
        return ""
    items = format_html_join("", "<li>{}</li>", ([field(theme, "name")] for theme in themes))
    label = conditional_escape(gettext("Themes"))
    return f'<div class="entry-meta"><ul class="inline-list" aria-label="{label}">{items}</ul></div>'
