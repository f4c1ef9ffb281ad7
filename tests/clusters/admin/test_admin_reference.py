"""Who keeps reference data, people, institutions, accounts and roles; and who only reads them."""

import pytest

from accounts.models import User
from clusters.models import Cluster, Institution, Person, StaffRole
from core.models.mail import OutgoingMail
from tests import factories
from tests.chairs.admin.forms import rows

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def cluster():
    return factories.make_cluster()


@pytest.fixture
def sign_in(client, cluster):
    def enter(role):
        user = factories.make_staff(None if role in ("coordinator", "auditor") else cluster, role)
        client.force_login(user)
        return user

    return enter


REFERENCE = ["clusters/phase", "chairs/chairkind", "chairs/discipline"]


@pytest.mark.parametrize("page", REFERENCE)
@pytest.mark.parametrize(
    ("role", "may_add"),
    [("reader", False), ("editor", False), ("manager", False), ("auditor", False), ("coordinator", True)],
)
def test_only_the_coordinator_adds_reference_data(client, sign_in, page, role, may_add):
    sign_in(role)
    assert client.get(f"/admin/{page}/").status_code == 200
    assert client.get(f"/admin/{page}/add/").status_code == (200 if may_add else 403)


def institution_data(**overrides) -> dict:
    values = {"name": "Institut du Réel", "kind": "university", "slug": "", "city": "", "acronym": "", "ror": ""}
    return {**values, "ror_confidence": "", "successor": "", **rows("aliases", []), **overrides}


def post_institution(client, **overrides):
    return client.post("/admin/clusters/institution/add/", institution_data(**overrides))


def test_an_editor_adds_the_missing_institution(client, sign_in):
    sign_in("editor")
    assert post_institution(client, ror="https://ror.org/03xjwb503").status_code == 302
    institution = Institution.objects.get()
    assert (institution.slug, institution.ror) == ("institut-du-reel", "03xjwb503")


def test_an_institution_is_not_entered_twice_under_another_spelling_or_alias(client, sign_in):
    sign_in("editor")
    known = factories.make_institution(name="Institut du Reel")
    assert "already there under this name" in post_institution(client).content.decode()
    known.aliases.create(name="IDR")
    assert "already there under this name" in post_institution(client, name="idr").content.decode()


def test_a_taken_ror_or_alias_and_a_wrong_ror_are_refused_beside_the_field(client, sign_in):
    sign_in("editor")
    known = factories.make_institution(ror="03xjwb503")
    known.aliases.create(name="IDR")
    assert "already has this ROR" in post_institution(client, ror="https://ror.org/03xjwb503").content.decode()
    assert "is not a ROR id" in post_institution(client, ror="03xjwb504").content.decode()
    aliases = rows("aliases", [{"name": "idr"}])
    assert "already goes by this name" in post_institution(client, **aliases).content.decode()


def test_an_editor_does_not_change_an_institution_that_others_share(client, sign_in):
    sign_in("manager")
    institution = factories.make_institution()
    address = f"/admin/clusters/institution/{institution.pk}/change/"
    assert client.get(address).status_code == 200
    assert client.post(address, institution_data()).status_code == 403


def person_data(cluster, **overrides) -> dict:
    empty = dict.fromkeys(["slug", "orcid", "website", "contact_email"], "")
    return {"name": "Zoé Étoile", "contact_language": "fr", "registered_in": cluster.pk, **empty, **overrides}


def test_an_editor_adds_a_person_of_their_cluster(client, sign_in, cluster):
    sign_in("editor")
    response = client.post("/admin/clusters/person/add/", person_data(cluster, orcid="0000-0002-1825-0097"))
    assert response.status_code == 302
    assert Person.objects.get().registered_in == cluster


def test_a_wrong_orcid_and_another_cluster_are_refused(client, sign_in, cluster):
    sign_in("editor")
    page = client.post("/admin/clusters/person/add/", person_data(cluster, orcid="0000-0002-1825-0098"))
    assert "is not an ORCID" in page.content.decode()
    page = client.post("/admin/clusters/person/add/", person_data(factories.make_cluster()))
    assert "not one of the records" in page.content.decode()
    assert not Person.objects.exists()


def test_a_person_of_another_cluster_is_not_found_nor_searched(client, sign_in):
    sign_in("manager")
    person = factories.make_person(name="Léa Ailleurs", registered_in=factories.make_cluster())
    assert client.get(f"/admin/clusters/person/{person.pk}/change/").status_code == 404
    assert client.get(f"/admin/clusters/person/{person.pk}/history/").status_code == 404
    query = {"app_label": "chairs", "model_name": "appointment", "field_name": "person", "term": "ailleurs"}
    assert client.get("/admin/autocomplete/", query).json()["results"] == []
    client.force_login(factories.make_staff(person.registered_in, "manager"))
    assert client.get(f"/admin/clusters/person/{person.pk}/change/").status_code == 200
    assert [one["text"] for one in client.get("/admin/autocomplete/", query).json()["results"]] == ["Léa Ailleurs"]


def test_an_autocomplete_finds_a_person_without_the_accent(client, sign_in):
    sign_in("editor")
    person = factories.make_person(name="Léa Étoile", origin="sourced")
    query = {"app_label": "chairs", "model_name": "appointment", "field_name": "person", "term": "etoile lea"}
    assert client.get("/admin/autocomplete/", query).json()["results"] == [{"id": str(person.pk), "text": "Léa Étoile"}]
    assert client.get("/admin/autocomplete/", {**query, "term": "\x00"}).status_code == 200


def test_accounts_are_not_listed_to_a_cluster(client, sign_in):
    sign_in("manager")
    query = {"app_label": "clusters", "model_name": "staffrole", "field_name": "user", "term": "p"}
    assert client.get("/admin/autocomplete/", query).status_code == 403
    assert client.get("/admin/accounts/user/").status_code == 403


def test_a_role_opens_the_panel_and_its_end_shuts_it(client, sign_in, cluster):
    sign_in("coordinator")
    person = factories.make_user()
    client.post("/admin/clusters/staffrole/add/", {"user": person.pk, "cluster": cluster.pk, "role": "editor"})
    assert User.objects.get(pk=person.pk).is_staff
    role = StaffRole.objects.get(user=person)
    client.post(f"/admin/clusters/staffrole/{role.pk}/delete/", {"post": "yes"})
    assert not User.objects.get(pk=person.pk).is_staff


def test_nobody_grants_themselves_a_role(client, sign_in, cluster):
    me = sign_in("coordinator")
    data = {"user": me.pk, "cluster": cluster.pk, "role": "manager"}
    assert "Somebody else grants you" in client.post("/admin/clusters/staffrole/add/", data).content.decode()
    assert me.staff_roles.count() == 1


def test_a_national_role_has_no_cluster(client, sign_in, cluster):
    sign_in("coordinator")
    data = {"user": factories.make_user().pk, "cluster": cluster.pk, "role": "auditor"}
    assert "A national role has no cluster" in client.post("/admin/clusters/staffrole/add/", data).content.decode()


def test_an_account_is_made_without_a_password_and_shows_none(client, sign_in):
    sign_in("coordinator")
    data = {"email": "New@example.org", "name": "New", "language": "fr", "is_active": "on"}
    assert client.post("/admin/accounts/user/add/", data).status_code == 302
    user = User.objects.get(email="new@example.org")
    assert not user.has_usable_password()
    page = client.get(f"/admin/accounts/user/{user.pk}/change/").content.decode()
    assert "new@example.org" in page and "password" not in page.replace("No password", "")


def test_the_coordinator_does_not_touch_who_installs_the_site(client, sign_in):
    sign_in("coordinator")
    root = factories.make_user(is_superuser=True, is_staff=True)
    assert client.post(f"/admin/accounts/user/{root.pk}/change/", {"name": "x"}).status_code == 403


def test_a_mail_is_read_without_what_opens_doors(client, sign_in):
    sign_in("coordinator")
    values = {"occasion": "sent", "subject": "A subject", "text": "The words. http://x.example/en/i/?token=secret"}
    mail = OutgoingMail.objects.create(recipient=factories.make_user(), **values)
    page = client.get(f"/admin/core/outgoingmail/{mail.pk}/change/").content.decode()
    assert "A subject" in page and "The words." in page and "secret" not in page


def cluster_data(**overrides) -> dict:
    empty = {
        name: value
        for prefix in ("themes", "memberships", "directors", "figures")
        for name, value in rows(prefix, []).items()
    }
    return {
        "acronym": "",
        "website": "",
        "description_en": "",
        "description_fr": "",
        "needs_four_eyes": "on",
        **empty,
        **overrides,
    }


def test_a_cluster_edits_its_own_page_and_adds_a_theme(client, sign_in, cluster):
    sign_in("editor")
    theme = {"name_en": "", "name_fr": "Santé", "slug": "", "phase": factories.make_phase().pk}
    address = f"/admin/clusters/cluster/{cluster.pk}/change/"
    response = client.post(address, cluster_data(description_fr="Un cluster.", **rows("themes", [theme])))
    assert response.status_code == 302, response.context["errors"]
    cluster = Cluster.objects.get(pk=cluster.pk)
    assert (cluster.description_fr, cluster.themes.get().slug, cluster.needs_four_eyes) == (
        "Un cluster.",
        "sante",
        True,
    )


def test_four_eyes_stay_where_two_managers_are(client, sign_in, cluster):
    sign_in("manager")
    address = f"/admin/clusters/cluster/{cluster.pk}/change/"
    data = cluster_data()
    del data["needs_four_eyes"]
    factories.make_staff(cluster, "manager")
    assert "The cluster has 2 managers" in client.post(address, data).content.decode()
    cluster.staff_roles.first().delete()
    client.post(address, data)
    sole_left = Cluster.objects.get(pk=cluster.pk)
    assert sole_left.public_grant == cluster.public_grant


def test_four_eyes_come_back_with_a_second_manager(client, sign_in, cluster):
    factories.make_staff(cluster, "manager")
    Cluster.objects.filter(pk=cluster.pk).update(needs_four_eyes=False)
    factories.make_staff(cluster, "editor")
    assert not Cluster.objects.get(pk=cluster.pk).needs_four_eyes
    sign_in("coordinator")
    newcomer = {"user": factories.make_user().pk, "cluster": cluster.pk, "role": "manager"}
    page = client.post("/admin/clusters/staffrole/add/", newcomer, follow=True).content.decode()
    assert "from now on its decisions take two people" in page
    assert Cluster.objects.get(pk=cluster.pk).needs_four_eyes


def test_another_clusters_page_is_not_found(client, sign_in, cluster):
    sign_in("manager")
    assert client.get(f"/admin/clusters/cluster/{cluster.pk}/change/").status_code == 200
    assert client.get(f"/admin/clusters/cluster/{factories.make_cluster().pk}/change/").status_code == 404
