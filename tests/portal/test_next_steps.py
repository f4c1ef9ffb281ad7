"""What to do next, in one list: the most urgent first, and nothing that is done."""

from decimal import Decimal

import pytest

from partners import colleagues
from portal.next_steps import ADMIT, ANSWER, DRAFT, JOIN, LATE, MESSAGE, PAY, SIGN, next_steps
from sponsorships.enums import AgreementPath
from sponsorships.models import Instalment
from tests import factories
from tests.sponsorships.admin import money
from tests.verbs import perform

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def contact():
    return factories.make_contact(user=factories.make_user("ours@example.org"))


@pytest.fixture
def everything(contact):
    """One of each kind, the least urgent first."""
    factories.make_sponsorship("draft", contact)
    factories.make_contact(contact.partner, state="requested", is_primary=False)
    elsewhere = factories.make_contact()
    colleagues.invite(elsewhere.partner, by=elsewhere.user, email="ours@example.org", roles={})
    running = factories.make_running(contact=contact, parts=["20000.00", "30000.00"])
    by = factories.make_staff(running.chair.cluster)
    money.invoiced(running, by, payable_on=money.day())
    factories.make_sponsorship("changes_requested", contact)
    accepted = factories.make_sponsorship("accepted", contact)
    manager = factories.make_staff(accepted.chair.cluster)
    paper = factories.make_agreement(accepted, by=manager, path=AgreementPath.GENERATED)
    perform(paper, "issue", by=manager)
    return running


def test_the_most_urgent_comes_first(contact, everything):
    found = [step.urgency for step in next_steps(contact.user)]
    assert found == [SIGN, ANSWER, PAY, JOIN, ADMIT, DRAFT]
    Instalment.objects.filter(status="invoiced").update(payable_on=money.day(-1))
    assert next_steps(contact.user)[0].urgency == LATE


@pytest.mark.exhaustive(counted=True)
def test_the_page_lists_them_with_where_to_go(client, contact, everything):
    client.force_login(contact.user)
    page = client.get("/en/my/").text
    steps = next_steps(contact.user)
    assert len(steps) == 6
    for step in steps:
        assert f'<a href="{step.url}">{step.label}</a>' in page
        assert client.get(step.url.partition("#")[0]).status_code == 200


def test_who_does_not_sign_is_not_asked_to(contact, everything):
    colleague = factories.make_contact(contact.partner, is_primary=False, is_signatory=False)
    assert [step.urgency for step in next_steps(colleague.user)] == [ANSWER, PAY, DRAFT]


def test_a_stranger_has_nothing_to_do(client, contact, everything):
    stranger = factories.make_contact().user
    assert next_steps(stranger) == []
    client.force_login(stranger)
    assert "What to do next" not in client.get("/en/my/").text
    client.force_login(contact.user)
    assert "What to do next" in client.get("/en/my/").text


def test_only_who_takes_part_is_asked_to_read_messages(cast):
    files = [factories.make_sponsorship("submitted", cast.contact("partner"), chair=cast.chair) for _number in range(2)]
    for file in (files[0], *files):
        factories.make_message(file, cast.contact("partner").user)
    for who in ("reader", "auditor", "coordinator", "rival", "other_manager", "partner"):
        assert next_steps(cast[who]) == [], who
    for who in ("pi", "manager", "finance", "editor"):
        found = [step.sentence for step in next_steps(cast[who]) if step.urgency == MESSAGE]
        assert [sentence.split(":")[0] for sentence in found] == ["1 new message", "2 new messages"], who


def test_what_is_paid_is_done(contact):
    running = factories.make_running(contact=contact)
    by = factories.make_staff(running.chair.cluster, "finance")
    instalment = money.invoiced(running, by, payable_on=money.day())
    assert [step.urgency for step in next_steps(contact.user)] == [PAY]
    perform(instalment, "receive", by=by, details={"amount": Decimal("50000.00"), "reference": "B"})
    assert next_steps(contact.user) == []
