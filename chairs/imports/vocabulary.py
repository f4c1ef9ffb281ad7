"""Loads the vocabulary of the search: words with the same meaning, in both languages.

An entry that nobody changed since it was loaded follows the file. Others are left alone, and deleted ones stay deleted:
the national coordinator edits them.
"""

from django.utils.text import slugify
from django.utils.translation import gettext as _

from chairs.imports.fields import Fields
from chairs.imports.report import Outcome, Rejected, Report
from chairs.imports.saving import settle
from chairs.models import Concept


def load_concepts(records: list, file, report: Report) -> None:
    """Create each entry that has never been in the database, and bring those up to date that nobody changed."""
    known = {*Concept.history.values_list("code", flat=True), *Concept.objects.values_list("code", flat=True)}
    untouched = {concept.code: concept for concept in _untouched()}
    for number, raw in enumerate(records, 1):
        with report.record("concepts", file, _name_of(raw, number)) as outcomes:
            fields = Fields(raw)
            values = _values(fields)
            fields.check()
            concept = untouched.get(values["code"]) if values["code"] in known else Concept()
            outcomes.append(("concepts", settle(concept, values) if concept else Outcome.UNCHANGED))


def _untouched() -> list[Concept]:
    """Return the entries as a load left them: nobody changed one in the panel, nor by SQL."""
    by_somebody, loaded = set(), {}
    rows = Concept.history.order_by("history_date", "history_id")
    for code, english, french, user in rows.values_list("code", "words_en", "words_fr", "history_user"):
        loaded[code] = english, french
        if user is not None:
            by_somebody.add(code)
    concepts = Concept.objects.exclude(code__in=by_somebody)
    return [one for one in concepts if loaded.get(one.code) == (one.words_en, one.words_fr)]


def _values(fields: Fields) -> dict:
    english, french = fields.texts("en"), fields.texts("fr")
    if not english + french:
        raise Rejected.because(_("An entry of the vocabulary needs words."), "en")
    official = fields.part("official") if fields.raw.get("official") else None
    return {
        "code": slugify((english + french)[0])[:80],
        "words_en": "\n".join(english),
        "words_fr": "\n".join(french),
        "official": official.text("fr") if official else "",
        "official_by": official.text("by") if official else "",
        "source": fields.source(),
        "note": fields.text("note"),
    }


def _name_of(raw, number: int) -> str:
    words = raw.get("en") if isinstance(raw, dict) else None
    return words[0] if isinstance(words, list) and words and isinstance(words[0], str) else str(number)
