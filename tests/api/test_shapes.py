"""The same data as others' tools read it: CommonGrants, and the Model Context Protocol."""

import csv
import datetime
import io
import json
import re

import pytest

from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_index", "field_history")]


def call(api, method, status=200, origin=None, **params):
    message = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
    headers = {"origin": origin} if origin else {}
    response = api.client.post("/api/v1/mcp", json.dumps(message), "application/json", headers=headers)
    assert response.status_code == status, response.content
    return response.json()


def tool(api, tool, **arguments):
    return call(api, "tools/call", name=tool, arguments=arguments)["result"]


def test_an_activity_in_the_shape_of_commongrants(api):
    chair = factories.make_chair("active", title_en="Robots that listen")
    last = datetime.date(2040, 1, 31)
    activity = factories.make_activity(chair, title_en="A robot", target=1_000, deadline=last)
    page = api.get("commongrants/opportunities?pageSize=1")
    assert page["paginationInfo"] == {"page": 1, "pageSize": 1, "totalItems": 1, "totalPages": 1}
    (shown,) = page["items"]
    assert shown["title"] == "A robot" and shown["status"]["value"] == "open"
    assert shown["funding"]["totalAmountAvailable"] == {"amount": "1000.00", "currency": "EUR"}
    assert shown["keyDates"]["closeDate"]["date"] == "2040-01-31"
    assert shown["customFields"]["record"]["value"].endswith(f"/api/v1/opportunities/{activity.pk}")
    assert api.get(f"commongrants/opportunities/{shown['id']}")["data"] == shown
    assert api.get("commongrants/opportunities?pageSize=0", 400)["errors"][0]["parameter"] == "pageSize"
    assert api.get(f"commongrants/opportunities/{'0' * 8}-0000-0000-0000-{'0' * 12}", 404)


def test_an_assistant_finds_a_chair_with_its_sources_and_its_address(api, records):
    chair, activity = records["chairs"], records["opportunities"]
    found = tool(api, "search_chairs", query="robots")["structuredContent"]
    assert [one["id"] for one in found["items"]] == [chair.pk]
    assert found["items"][0]["address"].endswith(f"/en/chairs/{chair.cluster.slug}/{chair.slug}/")
    one = tool(api, "get_chair", id=chair.pk)
    assert json.loads(one["content"][0]["text"]) == one["structuredContent"] and one["structuredContent"]["source"]
    open_now = tool(api, "list_opportunities", cluster=[chair.cluster.slug])["structuredContent"]
    assert [one["id"] for one in open_now["items"]] == [activity.pk]
    assert open_now["items"][0]["target"] == api.get(f"opportunities/{activity.pk}")["target"]
    figure = tool(api, "get_figure", name="grants")["structuredContent"]
    assert figure["on"] and figure["definition"] and figure["source"] and "/figures/grants/" in figure["address"]


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("search_chairs", {"colour": "red"}),
        ("search_chairs", {"limit": 0}),
        ("search_chairs", {"cluster": ["nowhere"]}),
        ("get_chair", {"id": "one"}),
        ("get_chair", {"id": 4294967295}),
        ("get_chair", {"id": 1, "on": "yesterday"}),
        ("get_figure", {"name": "nothing"}),
        ("get_figure", {"name": "grants", "on": "2020-01-01"}),
        ("list_opportunities", {"theme": ["x"]}),
    ],
)
def test_an_input_that_is_wrong_is_answered_with_a_sentence(api, name, arguments):
    answer = tool(api, name, **arguments)
    assert answer["isError"] and answer["content"][0]["text"]


def test_the_protocol_is_kept(api):
    started = call(api, "initialize", protocolVersion="2025-06-18", capabilities={})["result"]
    assert started["protocolVersion"] == "2025-06-18" and started["capabilities"] == {"tools": {"listChanged": False}}
    names = [one["name"] for one in call(api, "tools/list")["result"]["tools"]]
    assert names == ["search_chairs", "get_chair", "list_opportunities", "get_figure"]
    assert call(api, "resources/list")["error"]["code"] == -32601
    assert call(api, "tools/call", name="delete_chair")["error"]["code"] == -32602
    assert call(api, "ping", origin="http://localhost")["result"] == {}
    assert call(api, "ping", 403, origin="https://evil.example.org")["title"] == "Not allowed"
    told = {"jsonrpc": "2.0", "method": "notifications/initialized"}
    assert api.client.post("/api/v1/mcp", json.dumps(told), "application/json").status_code == 202
    halved = r'{"jsonrpc": "2.0", "id": "\ud800", "method": "ping"}'  # half of a character, which UTF-8 cannot write
    for body in ("[", halved):
        assert api.client.post("/api/v1/mcp", body, "application/json").json()["error"]["code"] == -32700
    for body in ("[]", "[" + " " * 5_500_000):
        assert api.client.post("/api/v1/mcp", body, "application/json").json()["error"]["code"] == -32600
    many = {f"{number}{'x' * 900}": 1 for number in range(900)}
    wrong = call(api, "tools/call", name="get_chair", arguments=many)["result"]
    assert wrong["isError"] and len(wrong["content"][0]["text"]) < 1_000
    refused = api.client.get("/api/v1/mcp")
    assert (refused.status_code, refused["Allow"]) == (405, "POST, OPTIONS")
    assert "Access-Control-Allow-Origin" not in refused


def test_published_sponsorships_as_grants_of_the_interoperability_framework(api):
    """As https://skg-if.github.io/interoperability-framework/docs/grant.html has them."""
    told, banded, hidden = (factories.make_running(confidentiality=kept) for kept in ("public", "band", "anonymous"))
    post = told.chair.appointments.first()
    content = api.get("skg-if/grants")
    assert content["@context"][0] == "https://w3id.org/skg-if/context/skg-if.json"
    entities = {entity["local_identifier"]: entity for entity in content["@graph"]}
    assert len(entities) == len(content["@graph"]), "an entity is told once"
    first, second = (entity for entity in content["@graph"] if entity["entity_type"] == "grant")
    assert (first["currency"], first["funded_amount"]) == ("EUR", float(told.cash_amount))
    assert "funded_amount" not in second and second["website"].endswith(banded.chair.get_absolute_url())
    assert entities[first["funding_agency"]]["name"] == told.partner.name
    (cluster,) = first["beneficiaries"]
    assert entities[cluster]["name"] == told.chair.cluster.name
    (contribution,) = first["contributions"]
    assert entities[contribution["by"]]["name"] == post.person.name and contribution["roles"] == ["project leader"]
    assert [entities[key]["name"] for key in contribution["declared_affiliations"]] == [post.affiliation.name]
    assert hidden.partner.name not in json.dumps(content)
    assert content["meta"] == {"page": 1, "page_size": 100, "total_items": 2, "total_pages": 1}
    later = api.get("skg-if/grants?page=2&pageSize=1")
    assert [one for one in later["@graph"] if one["entity_type"] == "grant"] == [second]
    assert api.get("skg-if/grants?page=3&pageSize=1")["@graph"] == []
    assert api.get("skg-if/grants?colour=red", 400)["errors"][0]["parameter"] == "colour"


RULES = {
    "nomAttribuant": ".+",
    "idAttribuant": r"\d{14}",
    "dateConvention": r"\d{4}-\d\d-\d\d",
    "referenceDecision": ".*",
    "nomBeneficiaire": ".+",
    "idBeneficiaire": r"\d{14}",
    "rnaBeneficiaire": r"(W\d{9})?",
    "objet": ".{1,256}",
    "montant": r"\d+(\.\d+)?",
    "nature": "aide en numéraire|aide en nature|aide en numéraire;aide en nature|aide en nature;aide en numéraire",
    "conditionsVersement": ".{1,256}",
    "datesPeriodeVersement": r"[0-9]{4}-[0-9]{2}-[0-9]{2}(/[0-9]{4}-[0-9]{2}-[0-9]{2})?",
    "idRAE": ".{0,5}",
    "notificationUE": "oui|non",
    "pourcentageSubvention": r"1\.00|0\.\d+",
    "dispositifAide": ".*",
}


@pytest.mark.exhaustive(counted=True)
def test_published_agreements_keep_the_rules_of_scdl(api):
    """As https://schema.data.gouv.fr/scdl/subventions/ has them in 2.1."""
    running = [factories.make_running(confidentiality=kept) for kept in ("public", "public", "name_only")]
    for sponsorship in (running[0], running[2]):
        partner, (agreement,) = sponsorship.partner, sponsorship.agreements.all()
        partner.siret = "73282932000074"
        partner.save()
        agreement.managing_institution.siret = "19751717000019"
        agreement.managing_institution.save()
    content = api.ask("scdl/subventions.csv", accept="text/csv").getvalue().decode("utf-8-sig")
    (line,) = rows = list(csv.DictReader(io.StringIO(content)))
    assert list(line) == list(RULES) and len(rows) == 1
    assert {name: value for name, value in line.items() if not re.fullmatch(RULES[name], value)} == {}
    assert line["nomAttribuant"] == running[0].partner.name and float(line["montant"]) > 0
    assert running[2].partner.name not in content
