"""Loads institutions and their other names in sources."""

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from chairs.imports.fields import Fields, name_of
from chairs.imports.report import Outcome, Rejected, Report
from chairs.imports.saving import refuse_others, settle
from clusters.enums import Confidence, InstitutionKind, Origin
from clusters.models import Institution, InstitutionAlias
from core.identifiers import compact_ror
from core.similar_names import are_alike
from core.slugs import address_of, free_address
from core.text import name_key

KIND = "institutions"


class Institutions:
    """All institutions of the database, by name, alias, acronym, ROR id or slug."""

    def __init__(self):
        self.by_key: dict[str, set[Institution]] = {}
        self.by_identity: dict[str, Institution] = {}
        for institution in Institution.objects.prefetch_related("aliases"):
            keys = {institution.name_key, institution.acronym_key, *(alias.key for alias in institution.aliases.all())}
            for key in keys - {""}:
                self.by_key.setdefault(key, set()).add(institution)
            self.by_identity |= {institution.slug: institution, institution.ror or "": institution}

    def called(self, text: str) -> set[Institution]:
        """Return the institutions with this name, alias, acronym, ROR id or slug; none for an empty text."""
        found = self.by_key.get(name_key(text), set()) if text else set()
        known = self.by_identity.get(compact_ror(text)) if text and not found else None
        return {known} if known else found

    def all_named(self, fields: Fields, name: str) -> list[Institution]:
        """Return the institutions of a list of names; note names that are unknown or shared by several."""
        return list(filter(None, (self._only(fields, name, text) for text in fields.texts(name))))

    def named(self, fields: Fields, name: str) -> Institution | None:
        """Return the institution that a record names, or None; note a name that is unknown or shared by several."""
        return self._only(fields, name, fields.text(name))

    def _only(self, fields: Fields, name: str, text: str) -> Institution | None:
        found = self.called(text)
        if text and not found:
            fields.refuse(
                name, _("No institution is known as “%(name)s”: add it, or this name as an alias.") % {"name": text}
            )
        if len(found) > 1:
            named = get_text_list(
                sorted((f"{institution} ({institution.slug})" for institution in found), key=name_key), _("and")
            )
            sentence = _("“%(name)s” names several institutions: %(institutions)s. Write the address of the one meant.")
            fields.refuse(name, sentence % {"name": text, "institutions": named})
        return next(iter(found)) if len(found) == 1 else None


def load_institutions(records: list, file, report: Report) -> None:
    known = list(Institution.objects.all())
    for number, raw in enumerate(records, 1):
        name = name_of(raw, number, "name")
        with report.record(KIND, file, name) as outcomes:
            fields = Fields(raw)
            aliases = fields.texts("aliases")
            institution, outcome = settle_institution(fields, known, report.met[KIND])
            outcomes.append((KIND, outcome))
        if outcomes:
            load_aliases(institution, aliases, file, report)
    tell_left(known, report)


def tell_left(known: list[Institution], report: Report) -> None:
    """Report the sourced institutions that are in none of the files read so far."""
    sourced = [institution for institution in known if institution.origin == Origin.SOURCED]
    report.left[KIND] = [str(institution) for institution in sourced if institution.pk not in report.met[KIND]]


def settle_institution(
    fields: Fields, known: list[Institution], seen: set, kind: str = ""
) -> tuple[Institution, Outcome]:
    """Create or update the institution of a record. `kind` is given if all records of the list have the same."""
    name = fields.text("name")
    values = {
        "name": name,
        "acronym": fields.text("acronym"),
        "kind": kind or fields.choice("kind", InstitutionKind.values),
        "city": fields.text("city"),
        "ror": compact_ror(fields.text("ror")) or None,
        "ror_confidence": fields.choice("ror_confidence", Confidence.values),
        "sources": fields.all_sources(),
        "notes": fields.all_notes(),
    }
    fields.check()
    institution = _known(known, name, values["ror"]) or Institution(
        slug=free_address(name, Institution.objects.all()), origin=Origin.SOURCED
    )
    if institution.pk in seen:
        raise Rejected.because(_("The file has this institution twice; the first is kept."), "name")
    refuse_others(institution, "name")
    outcome = settle(institution, values)
    seen.add(institution.pk)
    if outcome is Outcome.CREATED:
        known.append(institution)
    return institution, outcome


def _known(known: list[Institution], name: str, ror: str | None) -> Institution | None:
    """Return the institution that a record is about, or None. Two ROR ids are two institutions, even of the same name."""
    if ror and (same := next((one for one in known if one.ror == ror), None)):
        if same.name_key != name_key(name) and not are_alike(same.name, name):
            sentence = _("This ROR id is that of “%(institution)s” here: write its other name as an alias.")
            raise Rejected.because(sentence % {"institution": same}, "ror")
        return same
    possible = [one for one in known if not (ror and one.ror and one.ror != ror)]
    namesakes = [one for one in possible if one.name_key == name_key(name)]
    # Staff may have corrected the name: the slug still comes from the source's name.
    namesakes = namesakes or [one for one in possible if one.slug == address_of(name)]
    if len(namesakes) > 1:
        sentence = _("Several institutions are called “%(name)s”: give the ROR id of the one meant.")
        raise Rejected.because(sentence % {"name": name}, "name")
    return namesakes[0] if namesakes else None


def load_aliases(institution: Institution, aliases: list[str], file, report: Report) -> None:
    """Save each of these names as an alias of the institution; reject a name of another one."""
    for alias in aliases:
        if name_key(alias) == institution.name_key:
            continue
        with report.record("aliases", file, f"{institution}: {alias}") as outcomes:
            taken = InstitutionAlias.objects.filter(key=name_key(alias)).first()
            namesake = Institution.objects.filter(name_key=name_key(alias)).first()
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
