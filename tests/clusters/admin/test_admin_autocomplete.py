"""A field that searches as one types offers what its form accepts."""

import datetime

import pytest
from django.contrib import admin
from django.utils import timezone

from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_index")]


@pytest.fixture
def here():
    return factories.make_cluster(name="Here")


@pytest.fixture
def national(client):
    client.force_login(factories.make_user("national@example.org", is_staff=True, is_superuser=True))


def offered(client, field: str, term: str = "") -> list[str]:
    app_label, model_name, field_name = field.split(".")
    query = {"app_label": app_label, "model_name": model_name, "field_name": field_name, "term": term}
    answer = client.get("/admin/autocomplete/", query)
    assert answer.status_code == 200
    return [line["text"] for line in answer.json()["results"]]


def declared(request) -> set:
    """Return every field that searches as one types, with its page."""
    pages = [
        page
        for model_admin in admin.site._registry.values()
        for page in (model_admin, *model_admin.get_inline_instances(request))
    ]
    return {(page, name) for page in pages for name in page.get_autocomplete_fields(request)}


@pytest.mark.exhaustive
@pytest.mark.parametrize("role", ["editor", "manager", "coordinator"])
def test_every_field_offers_no_more_than_its_form_takes(rf, role, here):
    elsewhere = factories.make_cluster(name="Elsewhere")
    for cluster in (here, elsewhere):
        for status in ("draft", "active", "closed"):
            factories.make_chair(status, cluster=cluster)
        factories.make_person(registered_in=cluster)
        factories.make_institution(kind="laboratory")
        factories.make_user(f"closed{cluster.pk}@example.org", is_active=False)
        chair = factories.make_chair("active", cluster=cluster)
        factories.make_sponsorship("submitted", chair=chair)
    request = rf.get("/")
    request.user = factories.make_staff(None if role == "coordinator" else here, role)
    fields = declared(request)
    assert len(fields) > 5
    for page, name in fields:
        field = page.model._meta.get_field(name)
        accepted = page.formfield_for_foreignkey(field, request).queryset
        assert set(page.get_offered(field, request)) <= set(accepted), (page, name)


@pytest.mark.database
@pytest.mark.parametrize("value", ["https://elsewhere.example", "1 OR 1=1", "١", "\x00", "9" * 30, "-1", ""])
def test_every_field_shows_a_form_again_that_has_something_else_than_a_record(rf, here, value):
    request = rf.get("/")
    request.user = factories.make_staff(None, "coordinator")
    fields = declared(request)
    assert any(page.model._meta.get_field(name).many_to_many for page, name in fields)
    for page, name in fields:
        field = page.model._meta.get_field(name)
        widget = page.formfield_for_dbfield(field, request).widget
        html = widget.render(name, [value] if field.many_to_many else value)
        assert f'name="{name}"' in html and f'value="{value}" selected' not in html, (page, name)


def test_a_proposal_on_behalf_offers_the_chairs_that_take_one(client, here):
    editor = factories.make_staff(here, "editor")
    client.force_login(editor)
    factories.make_chair("active", cluster=here, title_en="Open chair", title_fr="")
    for status in ("draft", "closed", "suspended"):
        factories.make_chair(status, cluster=here, title_en=f"A {status} chair", title_fr="")
    factories.make_chair("active", cluster=factories.make_cluster(), title_en="Their chair", title_fr="")
    assert offered(client, "sponsorships.sponsorship.chair", "chair") == ["Open chair"]


def test_a_reader_of_a_cluster_is_offered_nothing_that_only_editors_choose(client, here):
    factories.make_chair("active", cluster=here, title_en="Open chair")
    client.force_login(factories.make_staff(here, "reader"))
    assert offered(client, "sponsorships.sponsorship.chair", "chair") == []
    client.force_login(factories.make_staff(here, "editor"))
    assert offered(client, "sponsorships.sponsorship.chair", "chair") == ["Open chair"]


def test_an_account_that_is_closed_gets_no_role(client, national):
    factories.make_user("gone@example.org", name="Gone Colleague", is_active=False)
    factories.make_user("here@example.org", name="Present Colleague")
    assert offered(client, "clusters.staffrole.user", "colleague") == ["Present Colleague"]
    user = factories.make_user("late@example.org", name="Late", is_active=False)
    page = client.post("/admin/clusters/staffrole/add/", {"user": user.pk, "cluster": "", "role": "coordinator"})
    assert "not one of the records" in page.content.decode()


def test_an_employer_is_a_legal_entity(client, national):
    factories.make_institution(name="Labo Étoile", kind="laboratory")
    factories.make_institution(name="Université Étoile", kind="university")
    for field in (
        "chairs.appointment.affiliation",
        "clusters.institution.successor",
        "sponsorships.agreement.managing_institution",
    ):
        assert offered(client, field, "etoile") == ["Université Étoile"], field
    assert set(offered(client, "chairs.appointment.other_affiliation", "etoile")) == {
        "Labo Étoile",
        "Université Étoile",
    }


@pytest.mark.parametrize(
    "field",
    [
        "clusters.person.user",
        "chairs.chair.registered_by",
        "chairs.consentevent.person",
        "partners.contact.user",
        "sponsorships.sponsorship.signatory",
        "sponsorships.ledgerentry.sponsorship",
        "core.outgoingmail.recipient",
    ],
)
def test_a_foreign_key_that_no_form_searches_in_is_not_answered(client, national, field):
    app_label, model_name, field_name = field.split(".")
    query = {"app_label": app_label, "model_name": model_name, "field_name": field_name, "term": ""}
    assert client.get("/admin/autocomplete/", query).status_code == 403


def test_the_list_of_chairs_names_todays_investigators(client, here, national):
    today, day = timezone.localdate(), datetime.timedelta(days=1)
    chair = factories.make_chair("active", cluster=here, with_pi=False, starts_on=today - 400 * day)
    for name, bounds in {
        "Ada Left": {"starts_on": today - 400 * day, "ends_on": today - day},
        "Bea Here": {"starts_on": today - 400 * day, "ends_on": today},
        "Cleo Comes": {"starts_on": today + day},
    }.items():
        factories.make_appointment(chair, person=factories.make_person(name=name), **bounds)
    later = factories.make_chair("draft", cluster=here, with_pi=False, starts_on=today + 30 * day)
    factories.make_appointment(later, person=factories.make_person(name="Dora Begins"), starts_on=today + 30 * day)
    page = client.get("/admin/chairs/chair/").content.decode()
    assert "Bea Here" in page and "Dora Begins" in page
    assert "Ada Left" not in page and "Cleo Comes" not in page
