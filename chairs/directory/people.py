"""People whom a source names. The same name is the same person: sources give no identifier."""

from django.utils.translation import gettext as _

from chairs.directory.fields import Fields
from chairs.directory.saving import refuse_others, settle
from clusters.addresses import address_of
from clusters.enums import Origin
from clusters.models import Person
from clusters.validators import compact_orcid

KIND = "people"


def named_person(fields: Fields, outcomes: list) -> Person | None:
    """Answer the person whom a record names, made where nobody is known by that name; note a missing name."""
    name = fields.text("name")
    orcid = fields.text("orcid")
    slug = address_of(name)
    if not slug:
        fields.refuse("name", _("A person's name is missing."))
        return None
    person = Person.objects.filter(slug=slug).first() or Person(slug=slug, origin=Origin.SOURCED)
    refuse_others(person, fields.place + ".name" if fields.place else "name")
    # Sources spell a name in several ways: the first spelling stays until staff correct it.
    values = {"name": person.name or name} | ({"orcid": compact_orcid(orcid)} if orcid else {})
    outcomes.append((KIND, settle(person, values)))
    return person
