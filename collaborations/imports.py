"""Loads the collaborations of `data/programme.json` with their participants; `load_directory` calls it."""

from django.utils.translation import gettext as _

from chairs.imports.fields import Fields, name_of
from chairs.imports.institutions import Institutions
from chairs.imports.report import Outcome, Rejected, Report
from chairs.imports.saving import refuse_others, settle, settle_set
from chairs.imports.training import clusters_by_slug, clusters_named
from clusters.enums import Origin
from clusters.models import Cluster, Institution
from collaborations.countries import places
from collaborations.enums import CollaborationKind, ParticipantKind
from collaborations.models import Collaboration, Participant
from core.slugs import address_of

KIND = "collaborations"
# The kind of the names in each list of the file, if they are not on record.
LISTS = {
    "institutions": ParticipantKind.INSTITUTION,
    "alliances": ParticipantKind.ALLIANCE,
    "companies": ParticipantKind.COMPANY,
    "partners": ParticipantKind.OTHER,
}
# The first words of a note which says that nothing has been done yet.
INTENTIONS = ("Stated as an intention", "Stated as a wish")
EURO = "EUR"


def load_collaborations(records: list, file, report: Report) -> None:
    known = {one.slug: one for one in Collaboration.objects.all()}
    clusters, institutions, seen = clusters_by_slug(), Institutions(), report.met[KIND]
    for number, raw in enumerate(records, 1):
        with report.record(KIND, file, _name_of(raw, number)) as outcomes:
            outcomes.append((KIND, _load_one(Fields(raw), known, clusters, institutions, seen)))
    report.left[KIND] = [str(one) for slug, one in known.items() if one.origin == Origin.SOURCED and slug not in seen]


def _name_of(raw, number: int) -> str:
    title = raw.get("title") if isinstance(raw, dict) else None
    return name_of(title, number, "en", "fr")


def _load_one(
    fields: Fields, known: dict, clusters: dict[str, Cluster], institutions: Institutions, seen: set[str]
) -> Outcome:
    part = clusters_named(fields, clusters)
    values, participants = _values(fields), _participants(fields, institutions)
    fields.check()
    slug = fields.text("slug") or address_of(values["title_en"] or values["title_fr"])
    if slug in seen:
        raise Rejected.because(_("The file has this collaboration twice; only the first counts."), "title")
    seen.add(slug)
    collaboration = known.get(slug) or Collaboration(slug=slug, origin=Origin.SOURCED)
    refuse_others(collaboration, "title")
    outcome = settle(collaboration, values | {"kept_by": part[0] if len(part) == 1 else None})
    changes = [settle_set(collaboration.clusters, part), _settle_participants(collaboration, participants)]
    return Outcome.UPDATED if any(changes) and outcome is Outcome.UNCHANGED else outcome


def _values(fields: Fields) -> dict:
    titles, notes = fields.both("title", "title"), fields.all_notes()
    if not any(titles.values()):
        fields.refuse("title", _("The title is missing."))
    kind = fields.choice("kind", CollaborationKind.values)
    if not kind:
        fields.refuse("kind", _("The kind is missing."))
    return titles | {
        "kind": kind,
        "countries": _countries(fields),
        "starts": fields.text("starts"),
        "ends": fields.text("ends"),
        "is_intended": any(note.startswith(INTENTIONS) for note in notes),
        "people": _positive(fields, "people"),
        "funding": _funding(fields.part("funding")),
        "stated_counts": [_stated_count(count) for count in fields.parts("counts")],
        "sources": fields.all_sources(),
        "notes": notes,
    }


def _countries(fields: Fields) -> list[str]:
    codes = fields.texts("countries")
    for code in codes:
        if code not in places():
            fields.refuse("countries", _("“%(code)s” is not the code of a country.") % {"code": code})
    return sorted(set(codes))


def _positive(fields: Fields, name: str) -> int | None:
    number = fields.whole(name)
    if number is not None and number < 0:
        fields.refuse(name, _("The number cannot be negative."))
    return number


def _funding(fields: Fields):
    amount = fields.number("value")
    if amount is not None and fields.text("unit") != EURO:
        fields.refuse("unit", _("Money is kept in euros: EUR is expected here."))
    return amount


def _stated_count(fields: Fields) -> dict:
    """Return a number as its source states it, as JSON values."""
    return {"value": _positive(fields, "value"), "as_of": fields.text("as_of"), "source": fields.source()}


def _participants(fields: Fields, institutions: Institutions) -> list[dict]:
    """Return the participants, each once: as an institution if one has the name, else by name."""
    found: dict[object, dict] = {}
    for name, kind in LISTS.items():
        for text in fields.texts(name):
            on_record = institutions.called(text)
            if len(on_record) > 1:
                fields.refuse(name, _("“%(name)s” names several institutions.") % {"name": text})
            elif on_record:
                (institution,) = on_record
                found.setdefault(institution, {"institution": institution, "name": "", "kind": ""})
            else:
                found.setdefault(text, {"institution": None, "name": text, "kind": kind})
    return list(found.values())


def _settle_participants(collaboration: Collaboration, wanted: list[dict]) -> bool:
    """Set the participants as the file has them. Return whether anything changed."""
    existing = {_identity(one.institution, one.name): one for one in collaboration.participants.all()}
    outcomes = []
    for values in wanted:
        line = existing.pop(_identity(values["institution"], values["name"]), None)
        outcomes.append(settle(line or Participant(collaboration=collaboration), values))
    for line in existing.values():
        line.delete()
    return bool(existing) or any(outcome is not Outcome.UNCHANGED for outcome in outcomes)


def _identity(institution: Institution | None, name: str) -> tuple[int | None, str]:
    return institution.pk if institution else None, name
