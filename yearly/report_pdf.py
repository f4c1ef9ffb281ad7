"""Renders a report's content as a PDF: tagged, conforming to PDF/UA-1 or refused (see sponsorships/agreements/typesetting.py)."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from sponsorships.agreements.typesetting import Unprintable, typeset
from yearly.charts import chart, standalone
from yearly.content import moment_of
from yearly.formatting import written
from yearly.models.chair_report import TEXTS

REPLACED = "?"
TEMPLATE = Path(__file__).with_name("report.typ")


def as_pdf(said: dict[str, Any]) -> bytes:
    """Return the report as a PDF. Characters that the typeface lacks are replaced by REPLACED, and named in a note."""
    shown, lacking = document(said), ""
    while True:
        try:
            return typeset(shown, moment_of(said), TEMPLATE.read_bytes())
        except Unprintable as refusal:
            lacking = " ".join(filter(None, [lacking, refusal.signs]))
            shown = _without(document(said), {ord(sign): REPLACED for sign in lacking if not sign.isspace()})
            codes = ", ".join(f"U+{ord(sign):04X}" for sign in lacking if not sign.isspace())
            shown["notes"].append(
                _("The typeface lacks these characters, which stand as “?”: %(codes)s.") % {"codes": codes}
            )


def _without(value: Any, signs: dict[int, str]) -> Any:
    """Return the same structure with these characters replaced in all texts."""
    if isinstance(value, dict):
        return {name: _without(part, signs) for name, part in value.items()}
    if isinstance(value, list):
        return [_without(part, signs) for part in value]
    return value.translate(signs) if isinstance(value, str) else value


def document(said: dict[str, Any]) -> dict[str, Any]:
    """Return the data for the template: plain text, in the active language, which is the report's."""
    is_made_up = said["records"] == "demonstration"
    return {
        "title": said["title"],
        "subtitle": said["whose"],
        "language": said["language"],
        "mark": said["counted"] if is_made_up else "",
        "reference": f"{said['title']}, {said['whose']}",
        "notes": [part for part in (said["dates"], "" if is_made_up else said["counted"]) if part],
        "comment": _paragraphs(said["comment"]),
        "figures": {
            "title": _("Figures"),
            "head": [_("Indicator"), str(said["year"] - 1), str(said["year"])],
            "rows": [_row(one) for one in said["indicators"]],
        },
        "indicators": {"title": _("Indicators"), "all": [_indicator(one, said) for one in said["indicators"]]},
        "chairs": {"title": _("What the chairs say"), "all": [_chair(one) for one in said["chairs"]]},
    }


def _row(one: dict[str, Any]) -> list[str]:
    return [one["name"], written(one["before"], one["unit"]), written(one["figure"], one["unit"])]


def _indicator(one: dict[str, Any], said: dict[str, Any]) -> dict[str, Any]:
    drawn = chart(one, said)
    facts = [
        [_("Figure"), written(one["figure"], one["unit"])],
        [_("The year before"), written(one["before"], one["unit"])],
        [_("Unit"), one["unit_name"]],
        [_("Counted as"), one["formula"]],
    ]
    return {
        "name": one["name"],
        "definition": _paragraphs(one["definition"]),
        "facts": facts,
        "chart": standalone(drawn) if drawn else "",
        "alt": _described(one),
        "comment": _paragraphs(one["comment"]),
    }


def _described(one: dict[str, Any]) -> str:
    years = "; ".join(f"{year}: {written(value, one['unit'])}" for year, value in one["series"])
    return f"{one['name']}. {years}"


def _chair(one: dict[str, str]) -> dict[str, Any]:
    headings = {"highlights": _("Highlights"), "results": _("Results"), "difficulties": _("Difficulties")}
    parts = [[headings[name], _paragraphs(one[name])] for name in TEXTS if one[name].strip()]
    return {"title": one["title"], "cluster": one["cluster"], "parts": parts}


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
