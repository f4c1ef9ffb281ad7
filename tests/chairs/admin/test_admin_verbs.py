"""Each verb of a chair on its confirmation page: it confirms, acts once, and refuses the others with a sentence."""

import pytest

from chairs.enums import ChairStatus
from chairs.models import Chair
from core.verbs import verbs_of
from tests import factories

pytestmark = pytest.mark.django_db

STARTS = {
    "submit": ChairStatus.DRAFT,
    "request_changes": ChairStatus.SUBMITTED,
    "approve": ChairStatus.SUBMITTED,
    "activate": ChairStatus.APPROVED,
    "suspend": ChairStatus.ACTIVE,
    "resume": ChairStatus.SUSPENDED,
    "close": ChairStatus.ACTIVE,
    "decline": ChairStatus.SUBMITTED,
    "withdraw": ChairStatus.DRAFT,
}
VERBS = sorted(STARTS)


def url(chair, verb) -> str:
    return f"/admin/chairs/chair/{chair.pk}/verb/{verb}/"


@pytest.fixture
def cluster():
    return factories.make_cluster()


@pytest.fixture
def manager(client, cluster):
    user = factories.make_staff(cluster, "manager")
    client.force_login(user)
    return user


def start(cluster, verb, **overrides) -> Chair:
    return factories.make_chair(STARTS[verb], cluster=cluster, **overrides)


def status_of(chair) -> str:
    return Chair.objects.get(pk=chair.pk).status


def test_every_verb_of_a_chair_is_tried_here():
    # Whoever adopts a chair chooses its kind: tests/chairs/test_adoption.py.
    assert set(verbs_of(Chair)) - {"adopt", "adopt_approved", "adopt_closed"} == set(STARTS)


@pytest.mark.parametrize("verb", VERBS)
def test_it_confirms_without_acting(client, manager, cluster, verb):
    chair = start(cluster, verb)
    page = client.get(url(chair, verb))
    assert page.status_code == 200
    assert "Who may" in page.content.decode()
    assert status_of(chair) == STARTS[verb]


@pytest.mark.parametrize("verb", VERBS)
def test_it_acts_logs_and_goes_back(client, manager, cluster, verb):
    chair = start(cluster, verb)
    response = client.post(url(chair, verb), {"note": "For a reason."})
    assert response.url == f"/admin/chairs/chair/{chair.pk}/change/"
    log = chair.transitions.get()
    assert (log.verb, log.by, log.note, log.target) == (verb, manager, "For a reason.", status_of(chair))
    assert "For a reason." in client.get(response.url).content.decode()


@pytest.mark.parametrize("verb", ["request_changes", "suspend", "decline", "withdraw"])
def test_a_verb_that_must_say_why_refuses_silence(client, manager, cluster, verb):
    chair = start(cluster, verb)
    assert "Say why" in client.post(url(chair, verb), {"note": "  "}).content.decode()
    assert status_of(chair) == STARTS[verb]


def test_a_note_of_a_megabyte_is_refused(client, manager, cluster):
    chair = start(cluster, "activate")
    assert "at most 2000 characters" in client.post(url(chair, "activate"), {"note": "x" * 1_000_000}).content.decode()
    assert status_of(chair) == ChairStatus.APPROVED


@pytest.mark.parametrize("verb", VERBS)
def test_the_second_click_has_no_effect_and_reads_why(client, manager, cluster, verb):
    chair = start(cluster, verb)
    client.post(url(chair, verb), {"note": "Once."})
    page = client.post(url(chair, verb), {"note": "Twice."})
    assert page.status_code == 200
    assert "not possible while the status is" in page.content.decode()
    assert chair.transitions.count() == 1


@pytest.mark.parametrize("address", ["/admin/chairs/chair/{pk}/verb/promote/", "/admin/chairs/chair/0/verb/approve/"])
def test_an_unknown_verb_or_chair_is_not_found(client, manager, cluster, address):
    chair = start(cluster, "approve")
    assert client.get(url(chair, "approve")).status_code == 200
    assert client.get(address.format(pk=chair.pk)).status_code == 404
    assert client.post(address.format(pk=chair.pk)).status_code == 404


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("role", ["reader", "finance"])
def test_a_role_that_does_not_decide_is_forbidden(client, cluster, verb, role):
    chair = start(cluster, verb)
    client.force_login(factories.make_staff(cluster, role))
    assert client.get(url(chair, verb)).status_code == 403
    assert client.post(url(chair, verb), {"note": "Let me."}).status_code == 403
    assert status_of(chair) == STARTS[verb]


@pytest.mark.parametrize("verb", VERBS)
def test_another_cluster_finds_nothing(client, cluster, verb):
    chair = start(cluster, verb)
    client.force_login(factories.make_staff(factories.make_cluster(), "manager"))
    assert client.post(url(chair, verb), {"note": "Mine?"}).status_code == 404
    assert status_of(chair) == STARTS[verb]


def test_anonymous_is_asked_to_sign_in(client, cluster):
    response = client.post(url(start(cluster, "approve"), "approve"))
    assert response.status_code == 302
    assert "login" in response.url


def test_a_person_who_is_not_staff_is_forbidden(client, cluster):
    client.force_login(factories.make_user())
    assert client.get(url(start(cluster, "approve"), "approve")).status_code == 403


def test_four_eyes_say_why_the_author_cannot_approve(client, manager, cluster):
    chair = start(cluster, "approve", registered_by=manager)
    page = client.get(url(chair, "approve"))
    assert page.status_code == 403
    assert "another manager must" in page.content.decode()
    assert "another manager must" in client.get(f"/admin/chairs/chair/{chair.pk}/change/").content.decode()


def test_a_broken_rule_is_named_on_the_record_and_on_the_page(client, manager, cluster):
    chair = start(cluster, "submit", with_pi=False)
    for address in (url(chair, "submit"), f"/admin/chairs/chair/{chair.pk}/change/"):
        assert "at least 1 principal investigator" in client.get(address).content.decode()


def test_the_status_cannot_be_posted_with_the_form(client, manager, cluster):
    chair = start(cluster, "submit")
    client.post(f"/admin/chairs/chair/{chair.pk}/change/", {"status": "active"})
    assert status_of(chair) == ChairStatus.DRAFT
