"""What the tests of consent share: a chair with somebody who was asked, and the link in their mail."""

import re

from chairs.models import ConsentEvent
from core.models.mail import OutgoingMail
from tests.factories import make_appointment, make_chair, make_person

LINK = re.compile(r"http://localhost(/(?:en|fr)/consent/\S+)")


def make_invited(status="active", email="ada@example.org", **person):
    """An investigator of a chair who was asked by mail and has not answered yet."""
    person = make_person(**{"name": "Ada Invited", "contact_email": email, "contact_language": "en", **person})
    return make_appointment(make_chair(status), person=person, consent_given_on=None)


def link_in(mail=None) -> str:
    """Return the address that the latest invitation leads to."""
    mail = mail or OutgoingMail.objects.filter(occasion="consents/invitation").first()
    return LINK.search(mail.text)[1]


def story(post) -> list[str]:
    return list(ConsentEvent.objects.about(post).values_list("what", flat=True))
