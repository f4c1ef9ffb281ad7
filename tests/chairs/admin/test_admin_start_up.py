"""Start-ups in the panel: who keeps them, and what is refused beside which field."""

import re

import pytest

from chairs.models import StartUp
from clusters.enums import Origin
from tests import factories
from tests.innovation_factory import make_start_up

pytestmark = [pytest.mark.django_db, pytest.mark.database]
LIST, ADD = "/admin/chairs/startup/", "/admin/chairs/startup/add/"


def change_url(start_up) -> str:
    return f"{LIST}{start_up.pk}/change/"


def data(cluster, **overrides) -> dict:
    values = {"cluster": cluster.pk, "name": "Éole & Cie", "tie": "spin_off", "is_published": "on", "is_alive": ""}
    return {**values, **overrides}


def refused(client, cluster, **overrides) -> dict:
    response = client.post(ADD, data(cluster, **overrides))
    assert response.status_code == 200 and not StartUp.objects.exists()
    return {name: " ".join(errors) for name, errors in response.context["adminform"].form.errors.items()}


def test_an_editor_adds_one_and_its_address_follows_from_its_name(client, editor, cluster):
    chair = factories.make_chair("active", cluster=cluster)
    person = factories.make_person(registered_in=cluster)
    incubator = factories.make_institution(kind="incubator")
    more = {"chairs": [chair.pk], "people": [person.pk], "incubator": incubator.pk, "founded_year": "2024"}
    assert client.post(ADD, data(cluster, **more, alive_on="2026-01-01", is_alive="true")).status_code == 302
    start_up = StartUp.objects.get()
    assert (start_up.slug, start_up.cluster, start_up.founded_year) == ("eole-cie", cluster, 2024)
    assert [*start_up.chairs.all(), *start_up.people.all(), start_up.incubator] == [chair, person, incubator]
    assert start_up.history.count() == 1
    assert [client.get(f"{LIST}?q={words}").context["cl"].result_count for words in ("eole", "other")] == [1, 0]


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"founded_year": "2091"}, "founded_year", "has not come yet"),
        ({"founded_year": "2091", "alive_on": "2026-01-01", "is_alive": "true"}, "founded_year", "has not come yet"),
        ({"founded_year": "-3"}, "founded_year", "cannot be less than zero"),
        ({"founded_year": "soon"}, "founded_year", "in figures"),
        ({"alive_on": "2026-01-01"}, "is_alive", "Say whether it is still alive"),
        ({"alive_on": "2091-01-01", "is_alive": "true"}, "alive_on", ""),
        ({"alive_on": "2020-01-01", "is_alive": "true", "founded_year": "2024"}, "alive_on", "not founded yet"),
        ({"stage": "closed", "is_alive": "true"}, "is_alive", "closed down"),
        ({"name": ""}, "name", "required"),
        ({"website": "javascript:alert(1)"}, "website", "valid URL"),
    ],
)
def test_each_mistake_has_its_sentence(client, editor, cluster, values, field, sentence):
    found = refused(client, cluster, **values)
    assert set(found) == {field} and sentence in found[field]


def test_the_draft_of_another_cluster_is_not_told_by_an_address(client, editor, cluster):
    make_start_up(factories.make_cluster(), name="Éole & Cie", slug="eole-cie", is_published=False)
    assert client.post(ADD, data(cluster)).status_code == 302
    # A number would say that there is another of this name.
    made = StartUp.objects.get(cluster=cluster)
    assert re.fullmatch(r"eole-cie-[a-z0-9]{6}", made.slug)
    # Nor does an address that somebody types.
    assert client.post(change_url(made), data(cluster, slug="eole-cie")).status_code == 302
    assert re.fullmatch(r"eole-cie-[a-z0-9]{6}", StartUp.objects.get(cluster=cluster).slug)
    StartUp.objects.exclude(pk=made.pk).update(is_published=True, name="Zephyr", name_key="zephyr")
    response = client.post(change_url(made), data(cluster, slug="eole-cie"))
    assert "already exists" in str(response.context["adminform"].form.errors["slug"])


def test_marks_that_turn_the_direction_of_a_name_are_left_out(client, editor, cluster):
    assert client.post(ADD, data(cluster, name="Éo\u202ele & \u2066Cie\x07")).status_code == 302
    assert StartUp.objects.get().name == "Éole & Cie"


def test_what_may_not_be_chosen_is_refused(client, editor, cluster):
    other = factories.make_chair("active")
    hidden = factories.make_person(registered_in=other.cluster)
    found = refused(client, cluster, chairs=[other.pk], people=[hidden.pk])
    assert set(found) == {"chairs", "people"}
    assert set(refused(client, other.cluster)) == {"cluster"}


def test_a_namesake_is_asked_about(client, editor, cluster):
    before = make_start_up(name="Eole et Cie")
    response = client.post(ADD, data(cluster))
    assert "tick it below as a different one" in str(response.context["adminform"].form.errors["name"])
    assert list(StartUp.objects.all()) == [before]
    assert client.post(ADD, data(cluster, different_from=[before.pk])).status_code == 302
    assert StartUp.objects.filter(cluster=cluster, name="Éole & Cie").exists()


def test_saving_keeps_whom_the_record_names_already(client, editor, cluster):
    other = factories.make_chair("active")
    hidden = factories.make_person(registered_in=other.cluster)
    start_up = make_start_up(cluster, [other], [hidden])
    page = client.get(change_url(start_up)).text
    assert f'value="{other.pk}" selected' in page and f'value="{hidden.pk}" selected' in page
    sent = data(cluster, name=start_up.name, slug=start_up.slug, chairs=[other.pk], people=[hidden.pk])
    assert client.post(change_url(start_up), sent).status_code == 302
    assert list(start_up.chairs.all()) == [other] and list(start_up.people.all()) == [hidden]


def test_another_clusters_is_not_found_and_readers_only_read(client, cluster):
    ours, theirs = make_start_up(cluster), make_start_up()
    client.force_login(factories.make_staff(cluster, "editor"))
    assert client.get(change_url(theirs)).status_code == 404
    client.force_login(factories.make_staff(cluster, "reader"))
    assert "You can only read this start-up" in client.get(change_url(ours)).text
    assert client.post(change_url(ours), data(cluster)).status_code == 403
    client.force_login(factories.make_staff(None, "auditor"))
    assert client.get(change_url(ours)).status_code == client.get(change_url(theirs)).status_code == 200


def test_what_a_source_states_is_only_read(client, editor, cluster):
    sourced = make_start_up(cluster, name="As stated", origin=Origin.SOURCED, sources=["https://example.org/"])
    sent = {"name": "Another", "tie": "spin_off", "stage": "funded", "is_published": "on", "is_alive": ""}
    assert client.post(change_url(sourced), sent).status_code == 302
    sourced.refresh_from_db()
    assert (sourced.name, sourced.stage) == ("As stated", "funded")


@pytest.mark.parametrize(("field", "make"), [("chairs", "chair"), ("people", "person"), ("incubator", "institution")])
def test_the_fields_search_among_what_may_be_chosen(client, editor, cluster, field, make):
    if make == "chair":
        mine, theirs = factories.make_chair("active", cluster=cluster), factories.make_chair("active")
    elif make == "person":
        mine, theirs = (
            factories.make_person(registered_in=cluster),
            factories.make_person(registered_in=factories.make_cluster()),
        )
    else:
        mine, theirs = factories.make_institution(), None
    asked = {"app_label": "chairs", "model_name": "startup", "field_name": field, "term": ""}
    found = [int(row["id"]) for row in client.get("/admin/autocomplete/", asked).json()["results"]]
    assert mine.pk in found and (theirs is None or theirs.pk not in found)
