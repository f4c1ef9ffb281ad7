"""Who reads of a report, when."""

import pytest

from core.models.mail import OutgoingMail
from tests.factories import make_report, make_sponsorship
from tests.personas import EDITOR, PARTNER, PI, cast  # noqa: F401
from tests.verbs import perform

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("verb", "status", "told"),
    [
        ("submit", "draft", {"editor", "manager", "second_manager"}),
        ("send_back", "submitted", {"pi"}),
        ("accept", "submitted", {"pi", "partner"}),
    ],
)
def test_each_verb_tells_whom_it_concerns(cast, verb, status, told):  # noqa: F811
    sponsorship = make_sponsorship("active", cast.contact(PARTNER), chair=cast.chair)
    report = make_report(sponsorship, status, by=cast[PI])
    OutgoingMail.objects.all().delete()
    perform(report, verb, by=cast[PI if verb == "submit" else EDITOR], note="Which nurses?")
    found = {row.recipient.email.split("@")[0] for row in OutgoingMail.objects.all()}
    assert found == told
