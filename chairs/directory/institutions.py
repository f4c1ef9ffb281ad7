"""Institutions and the other names under which sources know them."""

from django.utils.translation import gettext as _

from chairs.directory.fields import Fields, name_of
from chairs.directory.report import Outcome, Rejected, Report
from chairs.directory.saving import refuse_others, settle
from clusters.addresses import address_of
from clusters.enums import Confidence, InstitutionKind, Origin
from clusters.identifiers import compact_ror
from clusters.models import Institution, InstitutionAlias
from clusters.text import fold

KIND = "institutions"


class Institutions:
    """Every institution of the database, found by name, alias or acronym."""

    def __init__(self):
        institutions = list(Institution.objects.all())
        self.by_key = {fold(institution.acronym): institution for institution in institutions if institution.acronym}
        for alias in InstitutionAlias.objects.select_related("institution"):
            self.by_key[alias.key] = alias.institution
        self.by_key |= {institution.name_key: institution for institution in institutions}

    def named(self, fields: Fields, name: str) -> Institution | None:
        """Answer the institution that a record names, or None where it names none; note an unknown one."""
        text = fields.text(name)
        institution = self.by_key.get(fold(text)) if text else None
        if text and institution is None:
            fields.refuse(
                name, _("No institution is known as “%(name)s”: add it, or this name as an alias.") % {"name": text}
            )
        return institution


def load_institutions(records: list, file, report: Report) -> None:
    known = {institution.slug: institution for institution in Institution.objects.all()}
    seen: set[str] = set()
    for number, raw in enumerate(records, 1):
        name = name_of(raw, number, "name")
        with report.record(KIND, file, name) as outcomes:
            fields = Fields(raw)
            institution, outcome = _load_institution(fields, known, seen)
            outcomes.append((KIND, outcome))
        if outcomes:
            _load_aliases(institution, fields, file, report)
    report.left[KIND] = [str(known[slug]) for slug in known.keys() - seen if known[slug].origin == Origin.SOURCED]


def _load_institution(fields: Fields, known: dict, seen: set) -> tuple[Institution, Outcome]:
    name = fields.text("name")
    slug = address_of(name)
    values = {
        "name": name,
        "slug": slug,
        "acronym": fields.text("acronym"),
        "kind": fields.choice("kind", InstitutionKind.values),
        "city": fields.text("city"),
        "ror": compact_ror(fields.text("ror")) or None,
        "ror_confidence": fields.choice("ror_confidence", Confidence.values),
    }
    fields.texts("aliases")
    fields.check()
    if slug in seen:
        raise Rejected.because(_("The file has this institution twice; the first is kept."), "name")
    seen.add(slug)
    institution = known.get(slug) or Institution(origin=Origin.SOURCED)
    refuse_others(institution, "name")
    return institution, settle(institution, values)


def _load_aliases(institution: Institution, fields: Fields, file, report: Report) -> None:
    for alias in fields.texts("aliases"):
        if fold(alias) == institution.name_key:
            continue
        with report.record("aliases", file, f"{institution}: {alias}") as outcomes:
            taken = InstitutionAlias.objects.filter(key=fold(alias)).first()
            namesake = Institution.objects.filter(name_key=fold(alias)).first()
            if namesake or (taken and taken.institution_id != institution.pk):
                raise Rejected.because(
                    _("“%(alias)s” already names %(institution)s.")
                    % {"alias": alias, "institution": namesake or taken.institution},
                    "aliases",
                )
            outcomes.append(
                (
                    "aliases",
                    settle(
                        taken or InstitutionAlias(institution=institution), {"name": taken.name if taken else alias}
                    ),
                )
            )
