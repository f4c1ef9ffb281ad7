"""What every address below /api/ answers, and how."""

import pytest
from django.core.cache import cache

from api.service import RESOURCES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_index", "field_history")]
NAMES = [resource.name for resource in RESOURCES]


def validator(document, schema):
    from jsonschema import Draft202012Validator  # it takes three seconds, and each worker of a run imports this module

    return Draft202012Validator({**schema, "components": document["components"]})


def schema_of(document, path):
    return document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]


@pytest.mark.exhaustive(counted=True)
def test_every_resource_says_what_the_document_promises(api, records):
    document = api.get("openapi.json")
    assert document["openapi"] == "3.1.0"
    for name in NAMES:
        page = api.get(f"{name}?phase=all" if name == "chairs" else name)
        validator(document, schema_of(document, f"/api/v1/{name}")).validate(page)
        assert records[name].pk in [one["id"] for one in page["items"]], name
        one = api.get(f"{name}/{records[name].pk}")
        validator(document, schema_of(document, f"/api/v1/{name}/{{id}}")).validate(one)
        assert one in page["items"]
        assert api.get(one["links"]["self"]) == one
    money = api.get(f"chairs/{records['chairs'].pk}/money")
    validator(document, schema_of(document, "/api/v1/chairs/{id}/money")).validate(money)
    for path in ("figures", "figures/grants"):
        shown = api.get(path)
        validator(document, schema_of(document, f"/api/v1/{path.replace('grants', '{slug}')}")).validate(shown)
    assert shown["definition"] and shown["on"] and shown["links"]["self"].endswith("/api/v1/figures/grants")


@pytest.mark.exhaustive(counted=True)
def test_examples_of_the_document_run(api, records):
    document = api.get("openapi.json")
    examples = [one["get"]["x-example"] for one in document["paths"].values() if "x-example" in one["get"]]
    assert len(examples) == len(RESOURCES)
    for example in examples:
        if "cluster=dataia" not in example:
            assert api.get(example)["items"], example


def test_an_answer_is_for_any_site_and_personal_for_none(api, records):
    response = api.ask("chairs")
    assert response["Access-Control-Allow-Origin"] == "*" and not response.cookies
    assert response["ETag"] == api.ask("chairs")["ETag"]
    assert api.ask("chairs", if_none_match=response["ETag"]).status_code == 304
    head = api.client.head("/api/v1/chairs")
    assert (head.status_code, head["ETag"], head.content) == (200, response["ETag"], b"")
    asked = api.client.options("/api/v1/chairs")
    assert (asked.status_code, asked["Allow"]) == (204, "GET, HEAD, OPTIONS")


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", ["", "openapi.json", "chairs", "clusters", "figures", "commongrants/opportunities"])
def test_a_kept_answer_is_for_who_takes_its_form(api, records, address):
    address = f"/api/v1/{address}"
    for _time in range(2):
        kept = api.ask(address, accept="application/json")
        assert kept.status_code == 200 and "Accept" in kept["Vary"].split(", ")
        refused = api.ask(address, accept="text/html", if_none_match=kept["ETag"])
        assert (refused.status_code, refused["Content-Type"]) == (406, "application/problem+json")
        assert "Accept" in refused["Vary"].split(", ")
        assert api.ask(address).content == kept.content
        french = api.ask(address, accept="application/json", accept_language="fr")
        assert french.status_code == 200 and "Accept-Language" in french["Vary"].split(", ")


@pytest.mark.parametrize(
    ("address", "headers", "status", "words"),
    [
        ("chairs?colour=red", {}, 400, "pas de paramètre « colour »"),
        ("chairs?cluster=nowhere", {}, 400, "« nowhere » est inconnu"),
        ("chairs?q=%00%27", {}, 400, "aucun mot à rechercher"),
        ("chairs?sort=colour", {}, 400, "Il n’y a pas de tri « colour »"),
        ("chairs?limit=0", {}, 400, "« limit » est un nombre entier de 1 à 200."),
        ("chairs?updated_since=yesterday", {}, 400, "2026-01-31T12:00:00Z"),
        ("chairs?cursor=me", {}, 400, "Ce curseur"),
        (f"chairs?{'q&' * 1_001}", {}, 400, "plus que ce site ne lit"),
        ("institutions?kind=castle", {}, 400, "« castle » est inconnu"),
        ("themes?cluster=nowhere", {}, 400, "« nowhere » est inconnu"),
        ("figures/grants?on=2020-01-01", {}, 400, "Ce chiffre n’a pas de passé"),
        ("chairs/4294967295", {}, 404, "rien de public"),
        ("chairs/me", {}, 404, "rien de public"),
        ("/api/v2/chairs", {}, 404, "rien de public"),
        ("chairs", {"accept": "text/csv"}, 406, "application/json"),
    ],
)
def test_an_error_is_a_sentence_in_the_readers_language(api, address, headers, status, words):
    response = api.ask(address, accept_language="fr", **headers)
    said = response.json()
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    assert said["status"] == status and words in said["detail"].replace("\xa0", " ").replace("\u202f", " ")


def test_nothing_is_written(api):
    response = api.client.post("/api/v1/chairs", {})
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert response["Content-Type"] == "application/problem+json"


def test_who_asks_too_much_is_told_when_to_go_on_and_how_to_have_all(api, settings):
    cache.clear()
    settings.API_REQUESTS_A_MINUTE = 2
    assert [api.ask("clusters?limit=1").status_code for _time in range(2)] == [200, 200]
    refused = api.ask("clusters?limit=1")
    assert refused.status_code == 429 and 1 <= int(refused["Retry-After"]) <= 61
    assert "/data/cathedra.zip" in refused.json()["detail"]
    cache.clear()
    assert api.ask("clusters?limit=1").status_code == 200


def test_an_error_of_ours_is_said_and_noted(api, records, monkeypatch, caplog):
    monkeypatch.setattr("api.listing.page", lambda *args: 1 / 0)
    assert api.get("chairs", 500)["status"] == 500
    assert "ZeroDivisionError" in caplog.text


def test_the_page_tells_each_list(api, records):
    text = api.client.get("/en/data/").text
    assert [name for name in [*NAMES, "figures"] if f"/api/v1/{name}" not in text] == []
    assert api.client.get("/api/v1/docs", headers={"accept-language": "fr"})["Location"] == "/fr/data/"
