"""The signed link of an invitation. It proves only that its user reads the mail of that address."""

import datetime
from dataclasses import dataclass

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from chairs.models import Appointment

SALT = "chairs.consent"
# Long enough for a summer break; an older link can still withdraw a consent, but not give one.
LIFETIME = datetime.timedelta(days=60)


class Unusable(Exception):
    """Raised for an invalid link: it was altered, or the address or the person has changed since."""

    def __init__(self, *, is_outdated: bool):
        super().__init__("outdated" if is_outdated else "altered")
        self.is_outdated = is_outdated


@dataclass(frozen=True)
class Opened:
    """The appointment that a link opens, and whether the link has expired."""

    appointment: Appointment
    is_expired: bool


def token_of(appointment: Appointment, address: str) -> str:
    return signing.dumps([appointment.pk, _mark(appointment, address)], salt=SALT)


def open_link(token: str) -> Opened:
    """Return the appointment that the link opens; raise Unusable if it is invalid or outdated."""
    try:
        pk, mark = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise Unusable(is_outdated=False) from error
    posts = Appointment.objects.select_related("person__user", "chair__cluster", "chair__kind", "affiliation")
    post = posts.filter(pk=pk).first()
    if post is None or not any(constant_time_compare(mark, _mark(post, address)) for address in _addresses(post)):
        raise Unusable(is_outdated=True)
    return Opened(post, _is_expired(token))


def _is_expired(token: str) -> bool:
    try:
        signing.loads(token, salt=SALT, max_age=LIFETIME)
    except signing.SignatureExpired:
        return True
    return False


def _addresses(appointment: Appointment) -> set[str]:
    person = appointment.person
    return {person.contact_email, person.account_address, person.user.email if person.user else ""} - {""}


def _mark(appointment: Appointment, address: str) -> str:
    """Return a digest of the person and the address: links end up in logs, so the address is not written in them."""
    return salted_hmac(SALT, f"{appointment.person_id}:{address.lower()}", algorithm="sha256").hexdigest()[:32]
