"""Two people, two tabs, two clicks: one effect, and a primary contact stays."""

from functools import partial

import pytest

from partners import colleagues, membership
from tests import factories
from tests.test_concurrency import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database(quick=True)]


@pytest.fixture
def two():
    partner = factories.make_partner()
    return [factories.make_contact(partner) for _number in range(2)]


def test_two_primary_contacts_who_remove_each_other_leave_one(two):
    one, other = two
    answers = at_once([lambda: colleagues.remove(other, by=one.user), lambda: colleagues.remove(one, by=other.user)])
    assert answers.count("done") == 1, answers
    assert one.partner.contacts.primary().count() == 1


def test_two_primary_contacts_who_leave_at_once_leave_one(two):
    answers = at_once([lambda who=who: colleagues.remove(who, by=who.user) for who in two])
    assert answers.count("done") == 1, answers


def test_an_invitation_accepted_often_is_accepted_once(two):
    made = colleagues.invite(two[0].partner, by=two[0].user, email="new@example.org", roles={})
    user = factories.make_user("new@example.org")
    answers = at_once([lambda: colleagues.accept(made, by=user) for _click in range(4)])
    assert answers.count("done") == 1, answers
    assert user.contacts.count() == 1


def test_who_accepts_while_they_are_admitted_is_in_once(two):
    leader = two[0]
    user = factories.make_user("new@example.org")
    made = colleagues.invite(leader.partner, by=leader.user, email="new@example.org", roles={})
    asked = membership.ask_to_join(leader.partner, user)
    answers = at_once([lambda: colleagues.accept(made, by=user), lambda: membership.admit(asked, leader.user)])
    assert answers.count("done") == 1, answers
    assert user.contacts.get().state == "approved"


def test_who_accepts_while_the_inviter_is_demoted_is_in_before_or_not_at_all(two):
    leader, other = two
    user = factories.make_user("new@example.org")
    made = colleagues.invite(leader.partner, by=other.user, email="new@example.org", roles={"is_primary": True})
    demote = partial(colleagues.change_roles, other, by=leader.user, roles={})
    answers = at_once([lambda: colleagues.accept(made, by=user), demote])
    assert answers[1] == "done", answers
    assert user.contacts.exists() == (answers[0] == "done")
