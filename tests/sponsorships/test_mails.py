"""Who is told what, and in which language."""

import pytest
from django.core import mail as outgoing

from chairs.enums import ChairStatus
from clusters.enums import Role
from core.exceptions import Refused
from sponsorships.enums import SponsorshipStatus
from tests.factories import (
    make_appointment,
    make_chair,
    make_cluster,
    make_contact,
    make_person,
    make_sponsorship,
    make_staff,
    make_user,
)
from tests.verbs import perform

pytestmark = pytest.mark.django_db
S = SponsorshipStatus


@pytest.fixture
def world():
    """A chair with every sort of person around it; addresses say who is who."""
    cluster = make_cluster()
    chair = make_chair(ChairStatus.ACTIVE, cluster=cluster, title_en="Robots", title_fr="Les robots", with_pi=False)
    make_appointment(chair, person=make_person(user=make_user("pi@example.org")))
    past = make_person(user=make_user("past.pi@example.org"))
    make_appointment(chair, person=past, ends_on="2024-12-31")
    for role in (Role.READER, Role.FINANCE, Role.EDITOR, Role.MANAGER):
        make_staff(cluster, role, email=f"{role}@example.org")
    make_staff(cluster, Role.MANAGER, email="gone@example.org", is_active=False)
    make_staff(make_cluster(), Role.MANAGER, email="elsewhere@example.org")
    primary = make_contact(user=make_user("primary@example.org", language="fr"))
    make_contact(primary.partner, make_user("colleague@example.org"), is_primary=False)
    make_contact(primary.partner, make_user("waiting@example.org"), is_primary=False, state="requested")
    make_contact(user=make_user("rival@example.org"))
    return {
        "chair": chair,
        "contact": primary,
        "manager": cluster.staff_roles.get(role="manager", user__is_active=True).user,
    }


PARTNER = {"primary", "colleague"}
CASES = [
    # verb, from, who acts, who is told
    ("submit", S.DRAFT, "primary", {"editor", "manager", "primary", "pi"}),
    ("submit", S.DRAFT, "colleague", {"editor", "manager", "primary", "colleague", "pi"}),
    ("review", S.SUBMITTED, "manager", PARTNER),
    ("request_changes", S.IN_REVIEW, "manager", PARTNER),
    ("resubmit", S.CHANGES_REQUESTED, "primary", {"editor", "manager", "primary"}),
    ("accept", S.IN_REVIEW, "manager", PARTNER | {"pi"}),
    ("decline", S.IN_REVIEW, "manager", PARTNER),
    ("withdraw", S.SUBMITTED, "primary", {"editor", "manager"}),
    ("withdraw", S.SUBMITTED, "colleague", {"editor", "manager", "primary"}),
    ("withdraw", S.DRAFT, "primary", set()),
]


def act(world, verb, status, who, on_commit, note="A reason."):
    from accounts.models import User

    file = make_sponsorship(status, contact=world["contact"], chair=world["chair"])
    with on_commit(execute=True):
        perform(file, verb, by=User.objects.get(email=f"{who}@example.org"), note=note)
    return file


@pytest.mark.parametrize(("verb", "status", "who", "told"), CASES)
def test_the_right_people_are_told_once_each(world, django_capture_on_commit_callbacks, verb, status, who, told):
    act(world, verb, status, who, django_capture_on_commit_callbacks)
    assert sorted(mail.to[0] for mail in outgoing.outbox) == sorted(f"{name}@example.org" for name in told)


def test_other_managers_are_told_of_a_decision(world, django_capture_on_commit_callbacks):
    make_staff(world["chair"].cluster, Role.MANAGER, email="second@example.org")
    act(world, "accept", S.IN_REVIEW, "manager", django_capture_on_commit_callbacks)
    assert ["second@example.org"] in [mail.to for mail in outgoing.outbox]


def test_each_reads_it_in_their_own_language_with_a_link_there(world, django_capture_on_commit_callbacks):
    file = act(
        world, "request_changes", S.IN_REVIEW, "manager", django_capture_on_commit_callbacks, note="Why <b>now</b>?"
    )
    mails = {mail.to[0]: mail for mail in outgoing.outbox}
    assert "Les robots" in mails["primary@example.org"].subject
    assert "Robots" in mails["colleague@example.org"].subject
    assert f"http://localhost/fr/my/sponsorships/{file.reference}/" in mails["primary@example.org"].body
    assert f"http://localhost/en/my/sponsorships/{file.reference}/" in mails["colleague@example.org"].body
    for mail in mails.values():
        assert "Why <b>now</b>?" in mail.body
        assert "&lt;b&gt;now&lt;/b&gt;" in mail.alternatives[0][0]


def test_staff_are_led_to_the_admin_panel(world, django_capture_on_commit_callbacks):
    file = act(world, "submit", S.DRAFT, "primary", django_capture_on_commit_callbacks)
    [mail] = [mail for mail in outgoing.outbox if mail.to == ["editor@example.org"]]
    assert f"http://localhost/admin/sponsorships/sponsorship/{file.pk}/change/" in mail.body


def test_a_partner_never_reads_a_staff_address(world, django_capture_on_commit_callbacks):
    for verb, status in (("review", S.SUBMITTED), ("accept", S.IN_REVIEW), ("decline", S.IN_REVIEW)):
        act(world, verb, status, "manager", django_capture_on_commit_callbacks)
    mails = [mail for mail in outgoing.outbox if mail.to[0].split("@")[0] in PARTNER]
    assert len(mails) == 3 * len(PARTNER)
    for mail in mails:
        assert "manager@example.org" not in mail.body
        assert world["manager"].name not in mail.body


def test_nothing_is_mailed_when_the_verb_is_refused(world, django_capture_on_commit_callbacks):
    with pytest.raises(Refused):
        act(world, "decline", S.IN_REVIEW, "manager", django_capture_on_commit_callbacks, note="")
    assert outgoing.outbox == []


@pytest.mark.parametrize(
    ("verb", "status", "told"),
    [
        ("submit", ChairStatus.DRAFT, {"manager"}),
        ("request_changes", ChairStatus.SUBMITTED, {"editor"}),
        ("approve", ChairStatus.SUBMITTED, {"editor"}),
        ("decline", ChairStatus.SUBMITTED, {"editor"}),
        ("activate", ChairStatus.APPROVED, set()),
    ],
)
def test_a_chairs_way_is_told_to_managers_and_to_who_registered_it(
    world, django_capture_on_commit_callbacks, verb, status, told
):
    cluster = world["chair"].cluster
    editor = cluster.staff_roles.get(role="editor").user
    chair = make_chair(status, cluster=cluster, registered_by=editor)
    with django_capture_on_commit_callbacks(execute=True):
        perform(chair, verb, by=editor if verb == "submit" else world["manager"], note="A reason.")
    assert {mail.to[0] for mail in outgoing.outbox} == {f"{name}@example.org" for name in told}
