"""Store the photograph of a person who agrees to it, and erase it when they withdraw. docs/consent.md has the rules."""

import base64
import datetime
import hashlib

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from clusters.enums import PhotographWay
from clusters.models import Person, Photograph
from clusters.models.photograph import SMALL
from core.enums import DocumentType
from core.exceptions import Refused
from core.primary_keys import is_key
from rights.models import PersonalAct

NAME = "photograph.jpg"


def why_not_add(person: Person) -> list[str]:
    """Return why no photograph of this person can be added now; an empty list if one can."""
    if person.is_anonymised:
        return [_("This person has been anonymised: no photograph is kept of them.")]
    if person.is_hidden:
        return [_("This person is hidden from the public: no photograph of them is added.")]
    return []


@transaction.atomic
def keep_photograph(
    person: Person,
    squares: list[bytes],
    *,
    way: PhotographWay,
    by: User | None,
    agreed_on: datetime.date,
    agreed_how: str = "",
    author: str = "",
) -> Photograph:
    """Store a picture, as squares of `Photograph.SIDES`, and erase an earlier one. Raise Refused with the reasons.

    The caller has made sure that the picture may be published.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    if reasons := why_not_add(person):
        raise Refused(reasons)
    for earlier in Photograph.objects.filter(person=person):
        earlier.erase()
    large, small = squares
    kept = Photograph.objects.create(
        person=person,
        name=NAME,
        kind=DocumentType.JPEG,
        size=len(large),
        sha256=hashlib.sha256(large).hexdigest(),
        file=ContentFile(large, NAME),
        small=ContentFile(small, NAME),
        author=author,
        way=way,
        agreed_on=agreed_on,
        agreed_how=agreed_how,
        has_rights=True,
        added_by=by,
    )
    _note(person, PersonalAct.What.PHOTO_ADDED, by)
    return kept


@transaction.atomic
def end_photograph(person: Person, *, by: User | None) -> bool:
    """Erase the person's photograph with its files. Return whether there was one."""
    Person.objects.select_for_update().get(pk=person.pk)
    kept = Photograph.objects.filter(person=person).first()
    if kept is None:
        return False
    kept.erase()
    _note(person, PersonalAct.What.PHOTO_ENDED, by)
    return True


def photograph_of(person: Person) -> Photograph | None:
    return Photograph.objects.filter(person=person).select_related("added_by", "on_behalf_of").first()


def had_photograph(pk: int) -> bool:
    """Return whether the person has, or had, a photograph that the public may no longer see."""
    if not is_key(str(pk)):
        return False
    ended = PersonalAct.objects.filter(
        kind=Person._meta.label_lower, record=pk, what=PersonalAct.What.PHOTO_ENDED
    ).exists()
    return ended or Photograph.objects.filter(person=pk, person__is_hidden=True).exists()


def inline(kept: Photograph | None) -> str:
    """Return the small picture as a data: URL, for pages that only its person or staff see; empty if there is none."""
    if kept is None:
        return ""
    try:
        with kept.file_of(SMALL).open("rb") as file:
            return f"data:{kept.media_type};base64,{base64.b64encode(file.read()).decode()}"
    except FileNotFoundError:
        return ""


def _note(person: Person, what: str, by: User | None) -> None:
    PersonalAct.objects.create(kind=person._meta.label_lower, record=person.pk, what=what, by=by)
