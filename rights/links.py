"""The signed link by which a person sees what is shown about them. It proves only that its reader reads their mail."""

import datetime
from typing import Any

from django.core import signing
from django.http import Http404
from django.utils.crypto import constant_time_compare, salted_hmac

from clusters.models import Person
from core.exceptions import Gone

SALT = "rights.person"
LIFETIME = datetime.timedelta(days=60)


def token_of(person: Person, address: str) -> str:
    return signing.dumps([person.pk, _mark(person.pk, address)], salt=SALT)


def person_of(token: str) -> Person:
    """Return whom a link is for. Raise Http404 for an altered one, Gone for one that expired or whose address changed."""
    try:
        key, mark = signing.loads(token, salt=SALT, max_age=LIFETIME)
    except signing.SignatureExpired as error:
        raise Gone from error
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise Http404 from error
    person = Person.objects.select_related("user").filter(pk=key).first()
    if person is None or not any(constant_time_compare(mark, _mark(key, one)) for one in _addresses(person)):
        raise Gone
    return person


def _addresses(person: Any) -> set[str]:
    return {person.contact_email, person.account_address, person.user.email if person.user else ""} - {""}


def _mark(key: int, address: str) -> str:
    """Tie the link to the person and the address without writing the address into it: links end up in logs."""
    return salted_hmac(SALT, f"{key}:{address.lower()}", algorithm="sha256").hexdigest()[:32]
