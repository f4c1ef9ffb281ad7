"""The mail addresses of people."""

from accounts.models import User
from clusters.models import Person
from clusters.perms import can_see_contact


def address_of(person: Person, reader: User) -> str:
    """Return the address of a person's active account; else the private one, if the reader may see it; else an empty text."""
    if person.user is not None:
        return person.user.email if person.user.is_active else ""
    return person.contact_email if can_see_contact(reader, person) else ""
