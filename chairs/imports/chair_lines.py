"""Reads the rows of a chair's record: people, stated partners, teaching, and values on which sources disagree."""

from decimal import Decimal

from django.utils.translation import gettext as _

from chairs.enums import AppointmentRole, Seniority, TeachingKind
from chairs.imports.fields import LANGUAGES, Fields
from chairs.imports.institutions import Institutions
from chairs.imports.people import named_person
from chairs.models import Discipline


def appointments_of(fields: Fields, institutions: Institutions, outcomes: list, mine=()) -> list[dict]:
    """Return the values of a chair's appointments; `mine` are the people who are in the chair already."""
    return [
        {
            "person": named_person(person, outcomes, mine),
            "role": person.choice("role", AppointmentRole.values, AppointmentRole.UNSTATED),
            "affiliation": institutions.named(person, "institution"),
            "laboratory": person.text("laboratory"),
            "discipline": _discipline(person),
            "seniority": person.choice("seniority", Seniority.values),
        }
        for person in fields.parts("people")
    ]


def _discipline(fields: Fields) -> Discipline | None:
    slug = fields.text("discipline")
    discipline = Discipline.objects.filter(slug=slug).first() if slug else None
    if slug and discipline is None:
        fields.refuse("discipline", _("No discipline has the address “%(slug)s”.") % {"slug": slug})
    return discipline


def stated_partners_of(fields: Fields) -> list[dict]:
    return [
        {
            "name": partner.text("name"),
            "unit": partner.text("unit"),
            "kind": partner.text("kind"),
            "pays": partner.flag("pays"),
        }
        for partner in fields.parts("partners")
    ]


def teaching_of(fields: Fields) -> list[dict]:
    return [
        {
            "title": element.text("title"),
            f"title_{element.choice('title_lang', LANGUAGES, 'en')}": element.text("title"),
            "kind": element.choice("kind", TeachingKind.values, TeachingKind.OTHER),
        }
        for element in fields.parts("teaching")
    ]


def conflicts_of(fields: Fields) -> list[dict]:
    """Return the values that disagree with those kept, as JSON values."""
    found = []
    for conflict in fields.parts("conflicts"):
        value = conflict.raw.get("value")
        if isinstance(value, list | dict) or value is None:
            conflict.refuse("value", _("A number or a text is expected here."))
        found.append(
            {
                "field": conflict.text("field"),
                "value": str(value) if isinstance(value, Decimal) else value,
                "source": conflict.source() or None,
            }
        )
    return found
