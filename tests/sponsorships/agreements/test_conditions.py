"""What keeps an agreement from binding: each obstacle is a sentence that says the way out."""

from decimal import Decimal

import pytest
from django.utils import timezone

from core.exceptions import Refused
from sponsorships.enums import AgreementPath
from tests import factories
from tests.days import TOMORROW, YESTERDAY, as_of_now
from tests.verbs import perform

pytestmark = pytest.mark.django_db


@pytest.fixture
def sponsorship():
    return factories.make_sponsorship("accepted")


@pytest.fixture
def manager(sponsorship):
    return factories.make_staff(sponsorship.chair.cluster)


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ({"managing_institution": None}, "Choose the managing institution"),
        ({"ends_on": None}, "Enter the start and the end of the period"),
        ({"signed_on": None}, "Enter the day on which it was signed"),
        ({"signed_on": TOMORROW}, "in the future"),
        ({"signatories": " "}, "Say who signed"),
        ({"file": ""}, "Add the signed document"),
        ({"path": AgreementPath.GENERATED}, "This one is signed here: issue it instead"),
        ({"parts": ["49999.99"]}, "add up to €49,999.99 and the agreed cash is €50,000"),
        ({"parts": ["50000.01"]}, "must be equal to the cent"),
        ({"cash_amount": Decimal("0.00"), "parts": []}, "State at least one contribution"),
    ],
)
def test_what_is_missing_keeps_it_from_being_recorded(sponsorship, manager, missing, sentence):
    agreement = factories.make_agreement(sponsorship, by=manager, **as_of_now(missing))
    with pytest.raises(Refused, match=sentence):
        perform(agreement, "record", by=manager)


def test_an_amendment_says_why(manager, sponsorship):
    perform(factories.make_agreement(sponsorship, by=manager), "record", by=manager)
    with pytest.raises(Refused, match="Say why the terms change"):
        perform(factories.make_agreement(sponsorship, by=manager, reason=" "), "record", by=manager)


def test_an_amendment_takes_effect_no_earlier_than_what_it_amends(manager, sponsorship):
    perform(factories.make_agreement(sponsorship, by=manager), "record", by=manager)
    yesterday = YESTERDAY()
    with pytest.raises(Refused, match="before the agreement that it amends"):
        perform(factories.make_agreement(sponsorship, by=manager, effective_on=yesterday), "record", by=manager)


def test_another_chairs_activity_is_refused(manager, sponsorship):
    elsewhere = factories.make_activity(factories.make_chair("active"))
    with pytest.raises(Refused, match="The activity belongs to another chair"):
        perform(factories.make_agreement(sponsorship, by=manager, activity=elsewhere), "record", by=manager)


def test_the_one_who_signs_is_a_signatory_of_the_partner(manager, sponsorship):
    stranger = factories.make_contact()
    agreement = factories.make_agreement(sponsorship, by=manager, path=AgreementPath.GENERATED, signatory=stranger)
    with pytest.raises(Refused, match="may not sign for this partner"):
        perform(agreement, "issue", by=manager)


def test_the_partner_signs_first(manager, sponsorship):
    agreement = factories.make_agreement(sponsorship, by=manager, path=AgreementPath.GENERATED)
    agreement = perform(agreement, "issue", by=manager)
    with pytest.raises(Refused, match="The partner signs first"):
        perform(agreement, "countersign", by=manager, details={"name": "M. Anager", "code_confirmed_at": None})


def test_what_is_signed_on_both_sides_is_in_force_with_both_signatures(manager, sponsorship):
    agreement = factories.make_agreement(sponsorship, by=manager, path=AgreementPath.GENERATED)
    agreement = perform(agreement, "issue", by=manager)
    signatory = sponsorship.signatory.user
    now = timezone.now()
    agreement = perform(
        agreement,
        "sign",
        by=signatory,
        details={"name": "  P. \n Artner ", "address": "192.0.2.7", "code_confirmed_at": now},
    )
    with pytest.raises(Refused, match="Your side has already signed"):
        perform(agreement, "sign", by=signatory, details={"name": "P. Artner", "code_confirmed_at": now})
    agreement = perform(agreement, "countersign", by=manager, details={"name": "M. Anager", "code_confirmed_at": now})
    assert [(one.side, one.name) for one in agreement.signatures.all()] == [
        ("partner", "P. Artner"),
        ("institution", "M. Anager"),
    ]
    assert {one.sha256 for one in agreement.signatures.all()} == {agreement.sha256}
    assert sponsorship.instalments.standing().total() == Decimal("50000.00")
