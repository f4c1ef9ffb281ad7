"""The coordination's own texts for the site's mails: plain text with placeholders, never a template.

A placeholder is a name in braces, such as {chair}. A mail offers those that its own template uses.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.languages import reader_language
from core.models.mail_wording import MailWording
from core.money import euros

TEMPLATES = settings.BASE_DIR / "templates" / "mails"
# These cannot be reworded: they contain sign-in codes and links, other mails, or somebody's own message.
FIXED = ("account/", "digests/", "messages/", "letters/", "alerts/", "agreements/code")
# Nor can mails with a list, or with a different text for each verb.
LISTS = ("{% for ", "{% if verb")
PLACE = re.compile(r"\{([a-z_]+)\}")
# By placeholder: a pattern that finds it in a template, and functions that find its value in the context.
Found = Callable[[Mapping[str, Any]], Any]


def _under(*path: str) -> Found:
    def find(context: Mapping[str, Any]) -> Any:
        value: Any = context.get(path[0])
        for name in path[1:]:
            value = getattr(value, name, None)
        return value

    return find


PLACES: dict[str, tuple[str, list[Found]]] = {
    "chair": (r"\bchair\b", [_under("chair")]),
    "partner": (r"\bpartner\b", [_under("partner")]),
    "cluster": (r"\bcluster\b", [_under("cluster"), _under("chair", "cluster")]),
    "person": (r"\bperson\b", [_under("person")]),
    "title": (r"\btitle\b|\binstalment\b(?!\.)", [_under("title"), _under("instalment")]),
    "institution": (r"\binstitution\b", [_under("institution")]),
    "note": (r"\bnote\b", [_under("note")]),
    "role": (r"\brole\b", [_under("role")]),
    "year": (r"\byear\b", [_under("year")]),
    "day": (r"\bday=day\b", [_under("day")]),
    "last_day": (r"\blast_day\b", [_under("last_day")]),
    "name": (r"\bby\b|\buser\.name\b", [_under("by", "name"), _under("contact", "user", "name")]),
    "amount": (r"\bamount\|euros\b", [_under("amount"), _under("instalment", "amount")]),
    "left": (r"\bleft\|euros\b", [_under("left")]),
    "invoice": (r"\binvoice_number\b", [_under("instalment", "invoice_number")]),
}


@cache
def occasions() -> tuple[str, ...]:
    """Return the occasions of the mails whose text can be changed."""
    found = (path.relative_to(TEMPLATES).with_suffix("").as_posix() for path in TEMPLATES.glob("*/*.txt"))
    return tuple(sorted(one for one in found if _is_open(one)))


def _is_open(occasion: str) -> bool:
    return not occasion.startswith(FIXED) and not any(part in _source(occasion) for part in LISTS)


@cache
def places_of(occasion: str) -> tuple[str, ...]:
    """Return the placeholders that a mail's text may contain."""
    return tuple(name for name, (pattern, _found) in PLACES.items() if re.search(pattern, _source(occasion)))


def _source(occasion: str) -> str:
    return (TEMPLATES / f"{occasion}.txt").read_text(encoding="utf-8")


def validate_words(words: str, occasion: str) -> None:
    """Raise ValidationError for a placeholder that this mail does not offer, and for an unbalanced brace."""
    known = places_of(occasion)
    for name in PLACE.findall(words):
        if name not in known:
            said = {"place": f"{{{name}}}", "known": ", ".join(f"{{{one}}}" for one in known) or "–"}
            raise ValidationError(_("%(place)s is not known in this e-mail. Known: %(known)s.") % said, code="unknown")
    rest = PLACE.sub("", words)
    if "{" in rest or "}" in rest:
        raise ValidationError(_("A brace is open or empty: write a place as {chair}."), code="brace")


def own_words(occasion: str, context: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return the coordination's subject and text in the active language, filled in; None if the site's text is used."""
    if occasion not in occasions():
        return None
    kept = MailWording.objects.filter(occasion=occasion, language=reader_language()).first()
    if kept is None:
        return None
    values = {name: _value(name, context) for name in places_of(occasion)}
    return filled(kept.subject, values), filled(_without_empty(kept.body, values), values)


def _without_empty(body: str, values: Mapping[str, str]) -> str:
    """Return the text without paragraphs that are only an empty placeholder, and without the paragraph that introduces them."""
    kept: list[str] = []
    for paragraph in body.split("\n\n"):
        place = PLACE.fullmatch(paragraph.strip())
        if place and not values.get(place[1]):
            if kept and kept[-1].rstrip().endswith(":"):
                kept.pop()
            continue
        kept.append(paragraph)
    return "\n\n".join(kept)


def filled(words: str, values: Mapping[str, str]) -> str:
    """Return the text with its placeholders filled in. Braces inside a value are left alone."""
    return PLACE.sub(lambda place: values.get(place[1], ""), words)


def _value(name: str, context: Mapping[str, Any]) -> str:
    for find in PLACES[name][1]:
        value = find(context)
        if callable(value):
            value = value()
        if value not in (None, ""):
            return _said(value)
    return ""


def _said(value: Any) -> str:
    match value:
        case datetime():
            return date_format(timezone.localtime(value), "DATETIME_FORMAT")
        case date():
            return date_format(value, "DATE_FORMAT")
        case Decimal():
            return euros(value)
    return str(value)


def samples() -> dict[str, str]:
    """Return an example value for each placeholder, in the active language."""
    return {
        "chair": _("Trustworthy AI for hospitals"),
        "partner": _("Example & Sons"),
        "cluster": "AI Cluster",
        "person": "Ada Lovelace",
        "title": _("Amendment 1"),
        "institution": _("Example University"),
        "note": _("Thank you for the figures of last year."),
        "role": _("Editor"),
        "year": "2025",
        "day": date_format(date(2026, 3, 31), "DATE_FORMAT"),
        "last_day": date_format(date(2026, 4, 14), "DATE_FORMAT"),
        "name": "Grace Hopper",
        "amount": euros(Decimal("120000.00")),
        "left": euros(Decimal("20000.00")),
        "invoice": "F-2026-17",
    }


class _Mark(str):
    """A placeholder that also stands for its own `name`, `title` and `email`, wherever a template asks for them."""

    def __getattr__(self, name: str) -> str:
        if name in {"name", "title", "email"}:
            return self
        raise AttributeError(name)


def default_words(occasion: str, language: str) -> tuple[str, str]:
    """Return the site's own subject and text with placeholders, as a starting point for a new wording."""
    days = {"day": date(2001, 2, 3), "last_day": date(2001, 2, 4)}
    sums = {"amount": Decimal("111111.11"), "left": Decimal("222222.22")}
    with translation.override(language):
        text = render_to_string(
            f"mails/{occasion}.txt", {**_marks(), **days, **sums, "PROGRAMME": settings.PROGRAMME}
        ).strip()
        for name, day in days.items():
            text = text.replace(date_format(day, "DATE_FORMAT"), f"{{{name}}}")
        for name, amount in sums.items():
            text = text.replace(euros(amount), f"{{{name}}}")
    subject, _blank, body = text.partition("\n\n")
    return " ".join(subject.split()), body.strip()


def _marks() -> dict[str, Any]:
    marks: dict[str, Any] = {name: _Mark(f"{{{name}}}") for name in PLACES}
    by, chair = _Mark("{name}"), _Mark("{chair}")
    chair.cluster = marks["cluster"]
    contact, instalment = _Mark("{name}"), _Mark("{title}")
    contact.user = by
    instalment.amount, instalment.invoice_number = Decimal("111111.11"), "{invoice}"
    instalment.purchase_order = instalment.payable_on = ""
    return {**marks, "by": by, "chair": chair, "contact": contact, "instalment": instalment}
