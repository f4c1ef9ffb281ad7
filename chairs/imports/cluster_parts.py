"""Loads the parts of a cluster: members, themes, directors, stated figures. Each record is accepted or rejected on its own."""

from collections import Counter

from django.db.models import ProtectedError, Q
from django.utils.translation import gettext as _

from chairs.imports.fields import LANGUAGES, Fields, name_of
from chairs.imports.institutions import Institutions
from chairs.imports.people import named_person, person_at
from chairs.imports.report import Outcome, Rejected, Report
from chairs.imports.saving import settle
from clusters.enums import DirectorRole, MembershipRole, Origin, Qualifier
from clusters.models import Cluster, Director, Figure, Membership, Theme
from core.models import PastAddress
from core.slugs import address_of
from core.text import name_key

# Roles in sources that are stored as “other”.
OTHER_ROLES = ("partner", "authority")


def each_part(cluster: Cluster, raw: dict, key: str, file, report: Report, load_one) -> None:
    """Load each record under `key` of a cluster's record, inside its own savepoint."""
    records = raw.get(key)
    if records is not None and not isinstance(records, list):
        with report.record(key, file, cluster.slug):
            raise Rejected.because(_("A list is expected here."), key)
        return
    for number, record in enumerate(records or [], 1):
        name = f"{cluster.slug}, {name_of(record, number, 'institution', 'name', 'label')}"
        with report.record(key, file, name) as outcomes:
            load_one(Fields(record), outcomes)


def load_members(cluster, raw, institutions: Institutions, phases, file, report) -> None:
    known = {membership.institution_id: membership for membership in cluster.memberships.all()}
    seen: set[int] = set()

    def load_one(fields, outcomes):
        institution = institutions.named(fields, "institution")
        role = fields.choice("role", [*MembershipRole.values, *OTHER_ROLES], MembershipRole.OTHER)
        founding, source = fields.flag("founding"), fields.source()
        if institution is None and not fields.errors:
            fields.refuse("institution", _("The member's name is missing."))
        fields.check()
        if institution.pk in seen:
            raise Rejected.because(_("The cluster has this member twice; only the first counts."), "institution")
        seen.add(institution.pk)
        values = {
            "role": MembershipRole.OTHER if role in OTHER_ROLES else role,
            "is_founding": bool(founding) or role == MembershipRole.FOUNDING,
            "source": source,
        }
        membership = known.get(institution.pk) or Membership(cluster=cluster, institution=institution)
        outcomes.append(("members", settle(membership, values)))

    each_part(cluster, raw, "members", file, report, load_one)


def load_themes(cluster, raw, institutions, phases: dict, file, report) -> None:
    known = {theme.slug: theme for theme in cluster.themes.select_related("phase")}
    seen: set[str] = set()

    def load_one(fields, outcomes):
        name, language = fields.text("name"), fields.choice("lang", LANGUAGES, "en")
        slug = fields.text("slug") or address_of(name)
        values = {
            f"name_{language}": name,
            "phase": named_phase(fields, phases),
            "source": fields.source(),
            "note": fields.text("note"),
        }
        fields.check()
        if slug in seen:
            raise Rejected.because(_("The cluster has this theme twice; only the first counts."), "name")
        seen.add(slug)
        moved = PastAddress.objects.record_at(Theme, slug, cluster.pk, also_private=True)
        theme = known.get(slug) or next((theme for theme in known.values() if theme.pk == moved), None)
        outcomes.append(("themes", settle(theme or Theme(cluster=cluster, slug=slug), values)))

    each_part(cluster, raw, "themes", file, report, load_one)


def load_directors(cluster, raw, institutions, phases, file, report) -> None:
    known = list(cluster.directors.select_related("person"))

    def load_one(fields, outcomes):
        if not fields.flag("publish"):
            fields.check()
            _forget_director(cluster, fields, outcomes)
            return
        person = named_person(fields, outcomes, [director.person for director in known])
        values = {
            "since": fields.text("since"),
            "as_of": fields.text("as_of"),
            "is_current": fields.flag("current"),
            "note": fields.text("note"),
        }
        role, source = fields.choice("role", DirectorRole.values), fields.source()
        fields.check()
        key = {"person": person, "role": role, "source": source}
        director = cluster.directors.filter(**key).first() or Director(cluster=cluster, **key)
        outcomes.append(("directors", settle(director, values)))

    each_part(cluster, raw, "directors", file, report, load_one)


def _forget_director(cluster: Cluster, fields: Fields, outcomes: list) -> None:
    """Remove a director whom the file no longer allows us to name."""
    name, address = fields.text("name"), fields.text("person")
    spelt = Q(person__slug=address_of(name)) | Q(person__name_key=name_key(name))
    who = Q(person=person_at(address)) if address else spelt
    for director in cluster.directors.filter(who).select_related("person"):
        person = director.person
        director.delete()
        outcomes.append(("directors", Outcome.REMOVED))
        if person.origin == Origin.SOURCED and not person.directorships.exists():
            try:
                person.delete()
            except ProtectedError:  # a chair names the person too
                continue


def load_figures(cluster, raw, institutions, phases: dict, file, report) -> None:
    """Load the stated figures in the file's order; sources that disagree keep a row each."""
    known: dict[tuple, list[Figure]] = {}
    for figure in cluster.figures.select_related("phase").order_by("pk"):
        known.setdefault(_figure_key(figure), []).append(figure)
    positions = Counter()

    def load_one(fields, outcomes):
        positions[cluster] += 1
        figure = Figure(cluster=cluster)
        values = {
            "label_en": fields.text("label"),
            "label_fr": fields.text("label_fr"),
            "value": fields.number("value"),
            "qualifier": fields.choice("qualifier", Qualifier.values),
            "unit": fields.text("unit"),
            "as_of": fields.text("as_of"),
            "phase": named_phase(fields, phases, required=False),
            "source": fields.source(),
            "note": fields.text("note"),
            "position": positions[cluster],
        }
        fields.check()
        for name in ("label_en", "source", "as_of", "phase"):
            setattr(figure, name, values[name])
        waiting = known.get(_figure_key(figure))
        outcomes.append(("figures", settle(waiting.pop(0) if waiting else figure, values)))

    each_part(cluster, raw, "figures", file, report, load_one)


def _figure_key(figure: Figure) -> tuple:
    return figure.label_en, figure.source, figure.as_of, figure.phase_id


def named_phase(fields: Fields, phases: dict, *, required: bool = True):
    """Return the phase that a record names, or None; note an unknown phase, or a missing one if required."""
    slug = fields.text("phase")
    if slug and slug not in phases:
        fields.refuse("phase", _("No phase has the address “%(slug)s”.") % {"slug": slug})
    elif not slug and required:
        fields.refuse("phase", _("The phase is missing."))
    return phases.get(slug)


PARTS = (load_members, load_themes, load_directors, load_figures)
