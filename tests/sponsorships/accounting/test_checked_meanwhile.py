"""The checks of the night while people work: they read one moment, and nobody waits for them."""

import base64
import datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from tests import factories
from tests.meanwhile import after_each_question
from tests.verbs import perform
from transparency.models import LogLeaf

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.database(quick=True),
    pytest.mark.usefixtures("field_history"),
]
PARTS = 40


@pytest.fixture
def sponsorship(settings):
    settings.LOG_SIGNING_KEY = base64.b64encode(b"k" * 32).decode()
    return factories.make_running(parts=["1250.00"] * PARTS)


@pytest.mark.parametrize("command", ["check_ledger", "check_log"])
def test_what_happens_between_two_of_its_questions_is_no_misfit(command, sponsorship):
    finance = factories.make_staff(sponsorship.chair.cluster, role="finance")
    waiting, payable = list(sponsorship.instalments.all()), timezone.localdate() + datetime.timedelta(days=30)

    def invoice_one_more():
        one = waiting.pop()
        perform(one, "fall_due", by=finance)
        given = {"number": f"F-{one.number}", "payable_on": payable, "purchase_order": ""}
        perform(one, "invoice", by=finance, details=given)
        call_command("sign_log", verbosity=0)

    call_command("sign_log", verbosity=0)
    before = LogLeaf.objects.count()
    with after_each_question(invoice_one_more):
        call_command(command, stdout=StringIO())
    # One entry for each, before the check's next question.
    assert LogLeaf.objects.count() == before + PARTS - len(waiting) > before
    call_command(command, stdout=StringIO())
