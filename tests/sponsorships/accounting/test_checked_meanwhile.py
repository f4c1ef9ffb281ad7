"""The checks of the night while people work: they read one moment, and nobody waits for them."""

import base64
import datetime
import threading
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone

from tests import factories
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


@pytest.fixture
def invoiced(sponsorship):
    """Invoice an instalment, each time another one, as somebody else does it: in another connection."""
    finance, waiting = (
        factories.make_staff(sponsorship.chair.cluster, role="finance"),
        list(sponsorship.instalments.all()),
    )
    payable = timezone.localdate() + datetime.timedelta(days=30)

    def invoice():
        try:
            one = waiting.pop()
            perform(one, "fall_due", by=finance)
            given = {"number": f"F-{one.number}", "payable_on": payable, "purchase_order": ""}
            perform(one, "invoice", by=finance, details=given)
            call_command("sign_log", verbosity=0)
        finally:
            connections.close_all()

    return invoice


@pytest.mark.parametrize("command", ["check_ledger", "check_log"])
def test_what_happens_between_two_of_its_questions_is_no_misfit(command, sponsorship, invoiced):
    asked = []

    def then_somebody_works(execute, sql, params, many, context):
        found = execute(sql, params, many, context)
        if sql.lstrip().startswith("SELECT"):
            asked.append(sql)
            somebody = threading.Thread(target=invoiced)
            somebody.start()
            somebody.join()
        return found

    call_command("sign_log", verbosity=0)
    before = LogLeaf.objects.count()
    with connection.execute_wrapper(then_somebody_works):
        call_command(command, stdout=StringIO())
    # One entry for each, before the check's next question.
    assert LogLeaf.objects.count() == before + len(asked) > before
    call_command(command, stdout=StringIO())
