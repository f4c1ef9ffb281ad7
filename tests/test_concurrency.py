"""Two people, two tabs, two clicks: one effect. Real threads, each with its own connection, on either database."""

import threading
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import connection, connections

from chairs.models import Chair
from core.exceptions import Refused
from sponsorships.models import Sponsorship
from sponsorships.proposals.conditions import remaining
from tests import factories
from tests.verbs import perform

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.database(quick=True),
    pytest.mark.usefixtures("field_history"),
]
PEOPLE = 10


def at_once(acts: list) -> list:
    """Run all acts at the same moment; answer "done" or the sentence that each reader got."""
    start = threading.Barrier(len(acts))

    def run(act):
        try:
            connection.ensure_connection()
            start.wait(timeout=30)
            act()
        except Refused as refusal:
            return str(refusal)
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def presses(record, verb, people, note="A reason."):
    """One act for each person: the page was opened before anybody pressed."""
    opened = [type(record).objects.get(pk=record.pk) for _person in people]
    return [lambda r=r, by=by: perform(r, verb, by=by, note=note) for r, by in zip(opened, people, strict=True)]


@pytest.fixture
def chair():
    return factories.make_chair("submitted")


@pytest.fixture
def managers(chair):
    return [factories.make_staff(chair.cluster) for _number in range(PEOPLE)]


def test_of_ten_simultaneous_approvals_one_wins_and_the_others_read_why(chair, managers):
    answers = at_once(presses(chair, "approve", managers))
    assert answers.count("done") == 1
    sentences = ("This is not possible while the status is “Approved”.", "Somebody else changed this record")
    assert all(answer.startswith(sentences) for answer in answers if answer != "done")
    saved = Chair.objects.get(pk=chair.pk)
    assert saved.status == "approved"
    assert saved.transitions.count() == 1
    assert saved.history.filter(status="approved").count() == 1


def test_of_different_verbs_at_once_one_wins(chair, managers):
    verbs = ["approve", "decline", "request_changes", "withdraw"]
    acts = [presses(chair, verb, managers[:1])[0] for verb in verbs]
    answers = at_once(acts)
    saved = Chair.objects.get(pk=chair.pk)
    # An approved chair may be withdrawn, and so may one sent back: whatever came second came from what came first.
    log = list(saved.transitions.values_list("source", "target"))
    assert len(log) == answers.count("done") >= 1
    assert [source for source, _target in log] == ["submitted", *[target for _source, target in log[:-1]]]
    assert log[-1][1] == saved.status


def test_ten_clicks_on_send_send_one_proposal():
    draft = factories.make_sponsorship()
    answers = at_once(presses(draft, "submit", [draft.created_by] * PEOPLE))
    assert answers.count("done") == 1
    assert Sponsorship.objects.get(pk=draft.pk).transitions.count() == 1


def rivals_for(activity, amounts):
    return [
        factories.make_sponsorship("in_review", chair=activity.chair, activity=activity, cash_amount=Decimal(amount))
        for amount in amounts
    ]


@pytest.mark.exhaustive
@pytest.mark.database(long=True)
def test_of_ten_acceptances_on_room_for_one_exactly_one_wins():
    chair = factories.make_chair("active")
    manager = factories.make_staff(chair.cluster)
    activity = factories.make_activity(chair, target=Decimal("50000.00"))
    rivals = rivals_for(activity, ["50000.00"] * PEOPLE)
    factories.resolve_conflicts(rivals, by=manager)
    answers = at_once([presses(one, "accept", [manager])[0] for one in rivals])
    assert answers.count("done") == 1
    assert all("still needs €0" in answer for answer in answers if answer != "done")
    assert remaining(activity) == 0


def test_of_two_who_ask_to_be_alone_in_a_chair_one_is_accepted():
    chair = factories.make_chair("active")
    manager = factories.make_staff(chair.cluster)
    rivals = [factories.make_sponsorship("in_review", chair=chair, is_exclusive=True) for _number in range(2)]
    factories.resolve_conflicts(rivals, by=manager)
    answers = at_once([presses(one, "accept", [manager])[0] for one in rivals])
    # The resolutions weighed two proposals, not one that is promised already.
    assert sorted(answer[:11] for answer in answers) == ["Exclusivity", "done"]


@pytest.mark.exhaustive
@pytest.mark.database(long=True)
def test_acceptances_of_all_sizes_never_exceed_the_target():
    chair = factories.make_chair("active")
    manager = factories.make_staff(chair.cluster)
    activity = factories.make_activity(chair, target=Decimal("100000.00"))
    amounts = ["60000.00", "30000.00", "30000.00", "20000.01", "20000.00", "10000.00", "0.01", "99999.99"]
    rivals = rivals_for(activity, amounts)
    factories.resolve_conflicts(rivals, by=manager)
    answers = at_once([presses(one, "accept", [manager])[0] for one in rivals])
    won = [Decimal(amount) for amount, answer in zip(amounts, answers, strict=True) if answer == "done"]
    assert remaining(activity) == Decimal("100000.00") - sum(won) >= 0
    assert won
    # Once one of them is accepted, what the others ask for together must be weighed anew.
    assert all("still needs" in answer or "resol" in answer for answer in answers if answer != "done")


def test_acceptances_on_two_activities_do_not_hinder_each_other():
    chair = factories.make_chair("active")
    manager = factories.make_staff(chair.cluster)
    activities = [factories.make_activity(chair, target=Decimal("50000.00")) for _number in range(4)]
    sponsorships = [rivals_for(activity, ["50000.00"])[0] for activity in activities]
    assert at_once([presses(s, "accept", [manager])[0] for s in sponsorships]) == ["done"] * 4
