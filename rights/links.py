"""The signed link to what is shown about a person. It only proves that whoever uses it reads that person's mail."""

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
    """Return the person of a link. Raise Http404 for an altered link, Gone for an expired one or a changed address."""
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
    """Return a keyed digest that ties the link to person and address. The address itself must not end up in logs."""
    return salted_hmac(SALT, f"{key}:{address.lower()}", algorithm="sha256").hexdigest()[:32]
