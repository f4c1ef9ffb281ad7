"""How to cite a chair's page: a line of text and a BibTeX record, with the date of access."""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from chairs.enums import AppointmentRole
from chairs.models import Appointment, Chair
from clusters.models import Person
from clusters.origins import is_made_up, is_told
from clusters.templatetags.records import language_of

# Characters that are special in TeX, and how to escape them.
TEX = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "\n": " ", "\r": " ",
})  # fmt: skip
# The people answerable for a chair: those who hold it, or whom a source names without a role.
AUTHORS = {AppointmentRole.PI, AppointmentRole.HOLDER, AppointmentRole.CO_HOLDER, AppointmentRole.UNSTATED}


@dataclass(frozen=True)
class Citation:
    """A chair's page, ready to be cited."""

    text: str
    bibtex: str
    # The permanent address: it stays when the chair is renamed.
    short_link: str
    # Its record in the API; empty for invented ones on a real site, which the API leaves out.
    record: str


def citation_of(chair: Chair, on: datetime.date | None = None) -> Citation:
    """Return the citation of the page as read on a date (today by default)."""
    on = on or timezone.localdate()
    return Citation(_text(chair, on), _bibtex(chair, on), short_link_of(chair), _record(chair))


def short_link_of(chair: Chair) -> str:
    return settings.SITE_URL + reverse("short_link", args=[chair.pk])


def _record(chair: Chair) -> str:
    return reverse("api:chairs_detail", args=[chair.pk]) if is_told(chair) else ""


def authors_of(chair: Chair) -> list[Person]:
    """Return the publicly named people who hold the chair; if there are none today, those who held it."""
    today = timezone.localdate()
    posts = [post for post in chair.appointments.all() if post.is_named and post.role in AUTHORS]
    current = [post for post in posts if not _has_left(post, today)]
    return list(dict.fromkeys(post.person for post in current or posts))


def _has_left(post: Appointment, today: datetime.date) -> bool:
    return post.ends_on is not None and post.ends_on < today


def _title(chair: Chair) -> str:
    return getattr(chair, f"title_{language_of(chair, 'title')}") or ""


def _address(chair: Chair) -> str:
    return settings.SITE_URL + chair.get_absolute_url()


def _years(chair: Chair) -> str:
    return "–".join(str(year) for year in (chair.first_year, chair.last_year) if year)


def _text(chair: Chair, on: datetime.date) -> str:
    what = _("Research chair, %(cluster)s") % {"cluster": chair.cluster}
    parts = [
        get_text_list([person.name for person in authors_of(chair)], _("and")),
        _("“%(title)s”") % {"title": _title(chair)} + (f" ({chair.acronym})" if chair.acronym else ""),
        ", ".join(part for part in (what, _years(chair)) if part),
        _("Invented demonstration record") if is_made_up(chair) else "",
        _source(),
    ]
    read = _("read on %(day)s") % {"day": date_format(on)}
    return ". ".join(part for part in parts if part) + f". {_address(chair)} ({read})."


def _bibtex(chair: Chair, on: datetime.date) -> str:
    authors = " and ".join(map(_bib_name, authors_of(chair)))
    notes = [_("Research chair, %(cluster)s") % {"cluster": chair.cluster}]
    if is_made_up(chair):
        notes.append(_("Invented demonstration record"))
    lines = {
        "author": authors,
        "title": "{" + _title(chair).translate(TEX) + "}",
        "year": str(chair.first_year or ""),
        "howpublished": _source().translate(TEX),
        "note": ". ".join(notes).translate(TEX),
        "url": _address(chair),
        "urldate": on.isoformat(),
    }
    body = ",\n".join(f"  {name} = {{{value}}}" for name, value in lines.items() if value and value != "{}")
    return f"@misc{{cathedra-{chair.cluster.slug}-{chair.slug},\n{body}\n}}"


def _source() -> str:
    return _("Cathedra, the chairs of %(clusters)s") % {"clusters": settings.PROGRAMME}


def _bib_name(person: Person) -> str:
    """Return a name for a list of authors: “Le Goffic, Pierre” where the family name is not simply the last word.

    A name with a single part is written whole, as is one that contains `and`, which BibTeX reads as a separator.
    """
    name = person.name
    if not person.given_name or " and " in f" {name} ":
        return "{" + name.translate(TEX) + "}"
    if name == f"{person.given_name} {person.family_name}" and " " not in person.family_name:
        return name.translate(TEX)
    return ", ".join(part.translate(TEX) for part in (person.family_name, person.suffix, person.given_name) if part)
