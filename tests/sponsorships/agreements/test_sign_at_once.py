"""Two tabs with the same code, many guesses at once: one signature, few attempts."""

import pytest

from core.exceptions import Refused
from sponsorships.agreements import signing
from sponsorships.models import Signature, SigningCode
from tests.sponsorships.agreements.papers import code_in_mail, issued
from tests.test_concurrency import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database(quick=True)]
TABS = 8


def enter(agreement, user, code):
    """Return an act that signs with a code, and says why it did not."""

    def act():
        try:
            signing.sign_with_code(agreement, by=user, name="Ada Partner", code=code, address="192.0.2.7")
        except signing.WrongCode as wrong:
            raise Refused([str(wrong)]) from wrong

    return act


@pytest.fixture
def asked():
    agreement = issued()
    user = agreement.signatory.user
    signing.send_code(agreement, to=user)
    return agreement, user, code_in_mail()


def test_one_code_in_two_tabs_signs_once(asked):
    agreement, user, code = asked
    answers = at_once([enter(agreement, user, code)] * 2)
    assert answers.count("done") == 1
    assert Signature.objects.count() == 1


def test_guesses_at_once_are_counted_one_by_one(asked):
    agreement, user, code = asked
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    answers = at_once([enter(agreement, user, wrong)] * TABS)
    assert "done" not in answers
    assert SigningCode.objects.get().attempts == 5
    assert at_once([enter(agreement, user, code)])[0].startswith("There is no code to enter any more")
    assert not Signature.objects.exists()
