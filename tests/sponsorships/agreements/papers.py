"""Agreements on their way: drafted, issued, signed, each by the verbs themselves."""

import re

from django.core import mail as outgoing
from django.utils import timezone

from sponsorships.enums import AgreementPath, SponsorshipStatus
from tests import factories
from tests.sponsorships.agreements.pdf_text import words_of
from tests.verbs import perform

ADDRESS = "192.0.2.7"


def drafted(by=None, language="en", origin="registered", **overrides):
    """An accepted sponsorship's first agreement, to be signed here."""
    terms = {name: overrides.pop(name) for name in ("other_parties", "parts") if name in overrides}
    contact = overrides.pop("contact", None) or factories.make_contact(job_title="Director")
    sponsorship = factories.make_sponsorship(SponsorshipStatus.ACCEPTED, contact, origin=origin, **overrides)
    return factories.make_agreement(sponsorship, by=by, path=AgreementPath.GENERATED, language=language, **terms)


def issued(**overrides):
    draft = drafted(**overrides)
    return perform(draft, "issue", by=draft.created_by)


def signed(**overrides):
    agreement = issued(**overrides)
    said = {"name": "Ada Partner", "address": ADDRESS, "code_confirmed_at": timezone.now()}
    return perform(agreement, "sign", by=agreement.signatory.user, details=said)


def countersigned(**overrides):
    agreement = signed(**overrides)
    details = {"name": "Max Manager", "address": "192.0.2.8", "code_confirmed_at": timezone.now()}
    return perform(agreement, "countersign", by=agreement.created_by, details=details)


def amended(agreement, **terms):
    """The draft of an amendment, to be signed here."""
    values = {"path": AgreementPath.GENERATED, "language": agreement.language, **terms}
    return factories.make_agreement(agreement.sponsorship, by=agreement.created_by, **values)


def code_in_mail() -> str:
    """Return the last code that was mailed."""
    return re.findall(r"^(\d{6})$", "\n".join(mail.body for mail in outgoing.outbox), re.MULTILINE)[-1]


def kept(file) -> str:
    """Return the words of a PDF that is kept, read from its bytes."""
    with file.open("rb") as opened:
        return words_of(opened.read())


def text_of(document: dict) -> str:
    """Return every word of a document, as one text."""
    found = []

    def walk(value):
        if isinstance(value, dict):
            any(walk(part) for part in value.values())
        elif isinstance(value, list):
            any(walk(part) for part in value)
        else:
            found.append(str(value))

    walk(document)
    return "\n".join(found)
