"""Any list of the panel is taken out exactly as it is narrowed and ordered, and who took it is on record."""

import csv
import io
import json
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from clusters.enums import Role
from core.models import ListExport, SavedView
from tests import factories
from tests.cluster_factories import make_cluster, make_staff

pytestmark = pytest.mark.django_db
LIST = "/admin/lists/chairs/chair/export/"


@pytest.fixture
def cluster():
    return make_cluster()


@pytest.fixture
def manager(cluster, client):
    user = make_staff(cluster, Role.MANAGER)
    client.force_login(user)
    return user


def chair(cluster, title, **overrides):
    return factories.make_chair("active", cluster=cluster, title_en=title, title_fr=title, **overrides)


def rows_of(response) -> list[dict]:
    found = json.loads(response.getvalue())
    return found["records"] if isinstance(found, dict) else found


@pytest.mark.usefixtures("search_index")
def test_a_file_has_the_rows_that_the_list_is_narrowed_to_in_its_order(client, manager, cluster):
    for title in ("Robots at sea", "Robots on land", "Quiet algebra"):
        chair(cluster, title)
    chair(make_cluster(), "Robots elsewhere, unpublished", with_pi=False)
    data = {"columns": ["__str__", "status", "ends_on"], "format": "json"}
    rows = rows_of(client.post(f"{LIST}?q=robots&status=active&o=-1", data))
    shown = client.get("/admin/chairs/chair/?q=robots&o=-1").context["cl"]
    assert [row["chair"] for row in rows] == [str(one) for one in shown.queryset]
    assert "Robots at sea" in str(rows) and "algebra" not in str(rows)
    assert set(rows[0]) == {"chair", "status", "ends_on"} and rows[0]["status"] == "Active"
    taken = ListExport.objects.get()
    assert (taken.by, taken.rows, taken.format, taken.list_of) == (manager, len(rows), "json", "chairs.chair")
    assert taken.filters == "Search: robots\nStatus: Active" and taken.query == "q=robots&status=active&o=-1"


@pytest.mark.database
def test_money_is_a_number_and_text_stays_as_it_is_written(client, manager, cluster):
    partner = factories.make_partner(name="=1+1 SA")
    running = factories.make_running(
        contact=factories.make_contact(partner), chair=chair(cluster, "Funded"), cash_amount=Decimal("1234.50")
    )
    there = "/admin/lists/sponsorships/sponsorship/export/"
    data = {"columns": ["partner", "cash", "starts_on", "sent_on", "accepted_at"]}
    book = client.post(there, {**data, "format": "xlsx"})
    line = list(load_workbook(io.BytesIO(book.getvalue())).active.iter_rows(min_row=2))[0]
    assert [cell.data_type for cell in line] == ["s", "n", "d", "d", "d"]
    assert (line[0].value, float(line[1].value)) == ("=1+1 SA", 1234.5)
    assert line[2].value.date() == running.starts_on

    client.cookies["django_language"] = "fr"
    manager.language = "fr"
    manager.save()
    text = client.post(there, {**data, "format": "csv"}, headers={"accept-language": "fr"}).getvalue()
    assert text.startswith(b"\xef\xbb\xbf")
    row = next(csv.reader(io.StringIO(text.decode("utf-8-sig").partition("\n")[2]), delimiter=";"))
    assert (row[0], row[1], row[2]) == ("'=1+1 SA", "1234,50", running.starts_on.isoformat())


def test_a_wrong_column_is_said_and_nothing_is_taken(client, manager):
    answer = client.post(LIST, {"columns": ["public_grant_source"], "format": "csv"})
    assert answer.status_code == 200 and "is not one of the available choices" in answer.text
    assert "Choose at least one column." in client.post(LIST, {"format": "csv"}).text
    assert not ListExport.objects.exists()
    assert client.post(f"{LIST}?status=nonsense", {}).status_code == 400


def test_a_list_that_one_may_not_open_is_not_taken_out(client, manager):
    assert client.get("/admin/lists/accounts/user/export/").status_code == 403
    assert client.get("/admin/lists/no/such/export/").status_code == 404
    assert client.get(LIST).status_code == 200


@pytest.mark.exhaustive(counted=True)
def test_an_export_reads_few_queries_however_many_rows(client, manager, cluster):
    def queries() -> int:
        columns = ["partner", "chair", "cash", "chair__cluster", "activity", "partner__siren", "reference"]
        with CaptureQueriesContext(connection) as made:
            rows = rows_of(
                client.post("/admin/lists/sponsorships/sponsorship/export/", {"columns": columns, "format": "json"})
            )
        assert rows
        return len(made)

    factories.make_running(chair=chair(cluster, "One"))
    first = queries()
    for number in range(3):
        factories.make_running(chair=chair(cluster, f"More {number}"))
    assert queries() == first


@pytest.mark.usefixtures("search_index")
def test_the_log_says_the_filters_and_columns_in_the_readers_language(client, manager, cluster):
    phase = factories.make_phase(name_en="The first years", name_fr="Les premières années")
    chair(cluster, "Robots at sea")
    there = f"{LIST}?q=robots&status=active&phase__id__exact={phase.pk}"
    client.post(there, {"columns": ["__str__", "status"], "format": "csv"}).getvalue()
    client.post("/admin/lists/chairs/chair/addresses/", {"format": "csv"}).getvalue()
    taken, addresses = ListExport.objects.order_by("pk")
    # A row of before has only the words of whoever exported.
    old = ListExport.objects.create(
        by=manager, list_of="chairs.chair", rows=1, format="csv", filters="Statut : Active", columns=["Échéance"]
    )
    page, log = f"/admin/core/listexport/{taken.pk}/change/", "/admin/core/listexport/"
    english = client.get(page).text
    assert (
        "Search: robots · Status: Active · Phase: The first years" in client.get(log).text
        and "Chair, Status" in english
    )
    assert "downloaded" in client.get(page.replace(str(taken.pk), str(addresses.pk))).text
    manager.language = "fr"
    manager.save()
    client.cookies["django_language"] = "fr"
    french, addresses = client.get(page).text, client.get(page.replace(str(taken.pk), str(addresses.pk))).text
    assert "Chaire, Statut" in french and "téléchargées" in addresses
    said = client.get(log).text
    assert "Recherche : robots · Statut : Active · Phase : Les premières années" in said.replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert "Statut : Active" in said and "Échéance" in client.get(page.replace(str(taken.pk), str(old.pk))).text


def test_the_log_is_read_by_who_exported_their_manager_and_the_nation(client, cluster, manager):
    editor = make_staff(cluster, Role.EDITOR, email="editor@example.org")
    client.force_login(editor)
    client.post(LIST, {"columns": ["slug"], "format": "csv"}).getvalue()
    log = "/admin/core/listexport/"
    assert editor.name in client.get(log).text
    client.force_login(manager)
    assert client.get(log).context["cl"].result_count == 1
    client.force_login(make_staff(None, Role.AUDITOR, email="auditor@example.org"))
    assert client.get(log).context["cl"].result_count == 1
    client.force_login(make_staff(make_cluster(), Role.MANAGER, email="elsewhere@example.org"))
    assert client.get(log).context["cl"].result_count == 0


@pytest.mark.database
def test_the_totals_stand_beside_the_table_with_real_numbers(client, manager, cluster):
    factories.make_running(chair=chair(cluster, "Funded"), cash_amount=Decimal("1234.50"))
    factories.make_running(chair=chair(cluster, "Funded too"), cash_amount=Decimal("1000.25"))
    there, columns = "/admin/lists/sponsorships/sponsorship/export/", ["partner", "cash"]
    found = json.loads(client.post(there, {"columns": columns, "format": "json"}).getvalue())
    assert found["totals"]["Cash accepted"] == 2234.75 and len(found["records"]) == 2
    book = load_workbook(io.BytesIO(client.post(there, {"columns": columns, "format": "xlsx"}).getvalue()))
    table, totals = book.worksheets
    assert table.max_row == 3 and totals.title == "Totals"
    assert ("Cash accepted", 2234.75) in [
        (one, float(value)) for one, value in totals.iter_rows(min_row=2, values_only=True)
    ]
    text = client.post(there, {"columns": columns, "format": "csv"}).getvalue().decode()
    assert len(text.splitlines()) == 3


@pytest.mark.exhaustive(counted=True)
@pytest.mark.database
def test_chairs_are_taken_out_with_their_money_as_far_as_it_is_seen(client, manager, cluster):
    funded, bare = chair(cluster, "Funded"), chair(cluster, "Bare")
    factories.make_running(chair=funded, cash_amount=Decimal("1234.50"))
    shared = chair(make_cluster(), "Shared with us")
    factories.make_share(shared, cluster, "40")
    factories.make_running(chair=shared, cash_amount=Decimal("777.00"))
    names = ["money_promised", "money_received", "money_remaining"]

    def money() -> dict:
        with CaptureQueriesContext(connection) as made:
            rows = rows_of(client.post(LIST, {"columns": ["slug", *names], "format": "json"}))
        assert len(made) <= 15
        return {row["slug"]: [row[name] for name in names] for row in rows}

    assert money() == {funded.slug: [1234.5, 0, 1234.5], bare.slug: [0, 0, 0], shared.slug: [None, None, None]}
    client.post("/admin/lists/chairs/chair/keep/", {"columns": ["__str__", *names], "name": "Money"})
    view = SavedView.objects.get()
    page = client.get(f"/admin/chairs/chair/?view={view.pk}").text
    assert "Promised in cash" in page and "€1,234.50" in page and "€777" not in page
    assert money()[funded.slug][0] == 1234.5
    through = client.post(f"{LIST}?view={view.pk}", {"columns": ["slug", *names], "format": "json"})
    assert {row["slug"]: row["money_promised"] for row in rows_of(through)}[funded.slug] == 1234.5
