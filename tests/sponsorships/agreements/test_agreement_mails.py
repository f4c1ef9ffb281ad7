"""Who is told what of an agreement."""

import pytest
from django.utils import timezone

from core.models.mail import OutgoingMail
from tests.factories import make_agreement, make_contact, make_sponsorship, make_staff, make_user
from tests.sponsorships.agreements.papers import drafted, issued, signed
from tests.verbs import perform

pytestmark = pytest.mark.django_db


def told(agreement, verb, by=None, **values) -> dict[str, str]:
    """Perform a verb; answer who got which mail."""
    OutgoingMail.objects.all().delete()
    perform(agreement, verb, by=by or agreement.created_by, **values)
    return {mail.to: mail.occasion for mail in OutgoingMail.objects.all()}


@pytest.fixture
def contact():
    """A signatory with a colleague who signs nothing, and one who left."""
    contact = make_contact(user=make_user("signatory@example.org", language="fr"))
    make_contact(contact.partner, make_user("colleague@example.org"), is_signatory=False, is_primary=False)
    make_contact(contact.partner, make_user("gone@example.org", is_active=False))
    return contact


def test_the_signatories_are_asked_in_their_language(contact):
    assert told(drafted(contact=contact), "issue") == {"signatory@example.org": "agreements/issued_partner"}
    mail = OutgoingMail.objects.get()
    assert mail.subject.startswith("À signer")
    assert "/fr/my/agreements/" in mail.text


def test_the_managers_are_told_of_the_signature_and_the_signatory_gets_a_receipt(contact):
    agreement = issued(contact=contact)
    second = make_staff(agreement.sponsorship.chair.cluster)
    make_staff(agreement.sponsorship.chair.cluster, role="editor")
    found = told(agreement, "sign", by=contact.user, details={"name": "Ada", "code_confirmed_at": timezone.now()})
    assert found == {
        agreement.created_by.email: "agreements/signed_staff",
        second.email: "agreements/signed_staff",
        "signatory@example.org": "agreements/signed_partner",
    }


def test_the_partner_is_told_that_it_is_in_force(contact):
    found = told(signed(contact=contact), "countersign", details={"name": "Max", "code_confirmed_at": timezone.now()})
    assert found == {
        "signatory@example.org": "agreements/countersigned_partner",
        "colleague@example.org": "agreements/countersigned_partner",
    }


def test_the_partner_is_told_of_one_recorded_for_it(contact):
    agreement = make_agreement(make_sponsorship("accepted", contact))
    assert set(told(agreement, "record")) == {"signatory@example.org", "colleague@example.org"}


def test_one_made_void_is_told_to_those_who_knew_of_it(contact):
    assert set(told(issued(contact=contact), "void", note="Another amount.")) == {
        "signatory@example.org",
        "colleague@example.org",
    }
    assert "Another amount." in OutgoingMail.objects.first().text
    assert told(drafted(contact=contact), "void", note="A mistake.") == {}
