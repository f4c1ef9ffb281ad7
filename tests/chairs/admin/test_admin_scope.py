"""Nobody sees, chooses or changes another cluster's chairs: lists, filters, choices, history, addresses, posts."""

import pytest

from chairs.enums import ChairStatus
from chairs.models import Chair
from tests import factories
from tests.chairs.admin.forms import ADD, cap_data, change_url, errors_of, investigator, make_cap_kind

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_index")]
LIST = "/admin/chairs/chair/"
PRIVATE = "Their secret draft"


@pytest.fixture
def here():
    return factories.make_cluster(name="Here")


@pytest.fixture
def theirs():
    cluster = factories.make_cluster(name="Theirs")
    factories.make_theme(cluster, name_en="Their theme")
    return factories.make_chair(cluster=cluster, title_en=PRIVATE)


@pytest.fixture
def sign_in(client, here):
    return lambda role: client.force_login(
        factories.make_staff(None if role in ("coordinator", "auditor") else here, role)
    )


ROLES = ["reader", "finance", "editor", "manager"]


@pytest.mark.parametrize("role", ROLES)
def test_a_list_shows_its_own_cluster_only(client, sign_in, here, theirs, role):
    factories.make_chair(cluster=here, title_en="Our draft")
    sign_in(role)
    page = client.get(LIST).content.decode()
    assert "Our draft" in page
    assert PRIVATE not in page and "Theirs" not in page and "Their theme" not in page


@pytest.mark.parametrize(
    "query", ["?q=secret", "?q=%00", "?cluster__id__exact={0}", "?_facets=1", "?themes__id__exact={0}"]
)
def test_no_query_widens_the_list(client, sign_in, theirs, query):
    sign_in("manager")
    page = client.get(LIST + query.format(theirs.cluster_id), follow=True)
    is_offered = "%00" not in query and "{0}" not in query
    assert page.status_code == (200 if is_offered else 400)
    assert PRIVATE not in page.content.decode()
    client.force_login(factories.make_staff(theirs.cluster, "manager"))
    assert PRIVATE in client.get(LIST + "?q=secret").content.decode()


@pytest.mark.parametrize("page", ["change", "history", "delete"])
@pytest.mark.parametrize("role", ROLES)
def test_an_address_of_another_cluster_is_not_found(client, sign_in, theirs, page, role):
    sign_in(role)
    address = f"{LIST}{theirs.pk}/{page}/"
    assert client.get(address).status_code == 404
    assert client.post(address, {"post": "yes", "title_en": "Ours now"}).status_code == 404
    assert Chair.objects.get(pk=theirs.pk).title_en == PRIVATE


@pytest.mark.parametrize("role", ["coordinator", "auditor"])
def test_the_nation_sees_all_and_changes_nothing(client, sign_in, theirs, role):
    sign_in(role)
    assert PRIVATE in client.get(LIST).content.decode()
    assert client.get(change_url(theirs)).status_code == 200
    assert client.post(change_url(theirs), {"title_en": "Ours"}).status_code == 403
    assert client.get(ADD).status_code == 403


@pytest.mark.parametrize("role", ["reader", "finance"])
def test_a_reader_reads_and_no_more(client, sign_in, here, role):
    chair = factories.make_chair(cluster=here)
    sign_in(role)
    page = client.get(change_url(chair))
    assert page.status_code == 200
    assert str(chair) in page.content.decode() and 'name="_save"' not in page.content.decode()
    assert client.post(change_url(chair), {"title_en": "Mine"}).status_code == 403
    assert client.post(ADD, {}).status_code == 403


@pytest.mark.exhaustive(counted=True)
def test_another_clusters_id_in_a_post_is_refused_with_a_sentence(client, sign_in, here, theirs):
    sign_in("editor")
    kind = make_cap_kind()
    response = client.post(ADD, cap_data(theirs.cluster, kind))
    assert "not one of the records that you can choose" in errors_of(response)
    theme = theirs.cluster.themes.get()
    assert "not one of the records" in errors_of(client.post(ADD, cap_data(here, kind, themes=[theme.pk])))
    assert Chair.objects.count() == 1


def test_a_person_registered_by_another_cluster_cannot_be_appointed(client, sign_in, here, theirs):
    person = factories.make_person(registered_in=theirs.cluster)
    sign_in("editor")
    response = client.post(ADD, cap_data(here, make_cap_kind(), [investigator(person=person.pk), investigator()]))
    assert "not one of the records that you can choose" in errors_of(response)


def test_a_chair_does_not_change_cluster(client, sign_in, here, theirs):
    chair = factories.make_chair(cluster=here)
    sign_in("manager")
    client.post(change_url(chair), cap_data(theirs.cluster, chair.kind, [investigator()]))
    assert Chair.objects.get(pk=chair.pk).cluster == here


@pytest.mark.parametrize("status", [ChairStatus.DRAFT, ChairStatus.SUBMITTED, ChairStatus.ACTIVE])
def test_only_ones_own_unsent_draft_can_be_deleted(client, here, status):
    editor = factories.make_staff(here, "editor")
    client.force_login(editor)
    chair = factories.make_chair(status, cluster=here, registered_by=editor)
    code = client.post(f"{LIST}{chair.pk}/delete/", {"post": "yes"}).status_code
    assert code == (302 if status == ChairStatus.DRAFT else 403)
    assert Chair.objects.filter(pk=chair.pk).exists() == (status != ChairStatus.DRAFT)


def test_a_colleagues_draft_is_not_deleted(client, sign_in, here):
    chair = factories.make_chair(cluster=here)
    sign_in("editor")
    assert client.post(f"{LIST}{chair.pk}/delete/", {"post": "yes"}).status_code == 403
    page = client.get(LIST).content.decode()
    assert str(chair) in page and "delete_selected" not in page


def test_is_staff_alone_shows_nothing(client, here):
    factories.make_chair(cluster=here)
    client.force_login(factories.make_user(is_staff=True))
    assert "You have no role yet" in client.get("/admin/").content.decode()
    assert client.get(LIST).status_code == 403


def test_the_redirector_to_any_record_is_closed(client, sign_in, theirs):
    from django.contrib.contenttypes.models import ContentType

    sign_in("manager")
    number = ContentType.objects.get_for_model(Chair).pk
    assert client.get(LIST).status_code == 200
    assert client.get(f"/admin/r/{number}/{theirs.pk}/").status_code == 404
