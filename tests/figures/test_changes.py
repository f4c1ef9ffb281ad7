"""What has changed since: the entries recorded after a day, their reasons, and each figure before and after."""

import csv
import datetime
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from clusters.enums import Role
from sponsorships.accounting.closed_years import allow_late, close
from sponsorships.models import ClosedYear
from tests.days import TODAY, Day, noon_of
from tests.factories import make_chair, make_staff
from tests.figures.money import entered, silent_sponsorship
from tests.figures.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.database(quick=True), pytest.mark.usefixtures("field_history")]
CLOSED = Day(-5)


@pytest.fixture
def late():
    """A cluster that closed 2024 five days ago, and a late amendment that the coordinator allowed."""
    one, at = silent_sponsorship(chair=make_chair("active")), noon_of(CLOSED())
    entered(one, "agreed", "100", "2024-03-01", at=at - datetime.timedelta(days=90))
    close(one.chair.cluster, year=2024, by=make_staff(one.chair.cluster), at=at)
    allow_late(one, year=2024, by=make_staff(None, Role.COORDINATOR), reason="Signed in December, sent in March")
    entered(one, "agreed", "-40", "2024-12-01")
    entered(one, "agreed", "7", "2025-02-01")
    return one


def changed(client, slug="", page="changed", **query):
    there = reverse(
        f"panel_figures:cluster_{page}" if slug else f"panel_figures:nation_{page}", args=[slug] if slug else []
    )
    return client.get(there, {"on": "2024-12-31", "known": CLOSED().isoformat(), **query})


def test_it_lists_what_was_recorded_since_and_what_it_changes(client, late):
    for who, slug in (
        (make_staff(late.chair.cluster, Role.READER), late.chair.cluster.slug),
        (make_staff(None, Role.AUDITOR), ""),
    ):
        client.force_login(who)
        figures, listed = [rows for _caption, rows in read(changed(client, slug).content.decode()).tables]
        assert figures[1:] == [["Agreed", "€100", "€60", "-€40"]]
        assert len(listed) == 2 and "Signed in December, sent in March" in listed[1]


def test_the_file_has_the_same_lines(client, late):
    client.force_login(make_staff(late.chair.cluster, Role.READER))
    answer = client.get(
        reverse("panel_figures:cluster_changed_export", args=[late.chair.cluster.slug, "csv"]),
        {"on": "2024-12-31", "known": CLOSED().isoformat()},
    )
    (line,) = csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig")))
    assert line["Amount"] == "-40.00" and line["Recorded on"] == TODAY().isoformat()
    assert line["As known on"] == CLOSED().isoformat()
    assert line["Why it counts in a closed year"] == "Signed in December, sent in March"


def test_a_closed_year_leads_to_its_figures_and_to_what_has_changed(client, late):
    slug = late.chair.cluster.slug
    client.force_login(make_staff(late.chair.cluster, Role.READER))
    text = client.get(reverse("panel_figures:cluster", args=[slug])).content.decode()
    query = f"?on=2024-12-31&amp;known={CLOSED().isoformat()}"
    assert query in text and reverse("panel_figures:cluster_changed", args=[slug]) + query in text
    page = client.get(
        reverse("panel_figures:cluster", args=[slug]), {"on": "2024-12-31", "known": CLOSED().isoformat()}
    )
    assert page.context["parts"][0].headline.rows[0].figures["agreed"] == 100
    assert "What has changed since" in page.content.decode()


def test_a_manager_closes_a_year_and_the_coordinator_opens_it_by_clicking(client, late):
    slug, cluster = late.chair.cluster.slug, late.chair.cluster
    there = reverse("panel_figures:cluster_close", args=[slug])
    client.force_login(make_staff(cluster))
    assert all(str(year) != "2024" for year, _said in client.get(there).context["form"].fields["year"].choices)
    assert client.post(there, {"year": "2024", "note": ""}).status_code == 200
    assert client.post(there, {"year": str(TODAY().year - 1), "note": "Reported"}).status_code == 302
    closed = ClosedYear.objects.get(year=TODAY().year - 1)
    again = reverse("panel_figures:cluster_reopen", args=[slug, closed.pk])
    assert client.get(again).status_code == 403
    client.force_login(make_staff(None, Role.COORDINATOR))
    assert client.get(there).status_code == 403
    assert client.post(again, {"note": ""}).status_code == 200
    assert client.post(again, {"note": "A file was missing"}).status_code == 302
    closed.refresh_from_db()
    assert closed.reopened_because == "A file was missing"
    assert "A file was missing" in client.get(reverse("panel_figures:cluster", args=[slug])).content.decode()


@pytest.mark.parametrize(
    ("known", "sentence"),
    [
        ("tomorrow", "is not a date"),
        ("1066-10-14", "is not a date of the programme"),
        ("2099-01-01", "is a day to come"),
    ],
)
def test_a_bad_date_is_answered_with_a_sentence(client, late, known, sentence):
    client.force_login(make_staff(None, Role.COORDINATOR))
    for name in ("nation", "nation_entries", "nation_changed"):
        assert sentence in client.get(reverse(f"panel_figures:{name}"), {"known": known}).content.decode()
    for name in ("nation_export", "nation_entries_export", "nation_changed_export"):
        answer = client.get(reverse(f"panel_figures:{name}", args=["csv"]), {"known": known})
        assert answer.status_code == 400 and sentence in answer.content.decode()


def test_pages_and_links_keep_both_dates(client, late):
    client.force_login(make_staff(None, Role.COORDINATOR))
    for there in (reverse("figures:public"), reverse("panel_figures:nation"), reverse("panel_figures:nation_entries")):
        text = client.get(there, {"on": "2024-12-31", "known": CLOSED().isoformat()}).content.decode()
        assert "As known on" in text and f'name="known" value="{CLOSED().isoformat()}"' in text
        links = [part.split('"')[0] for part in text.split('href="')[1:] if "on=2024-12-31" in part.split('"')[0]]
        assert links and all(f"known={CLOSED().isoformat()}" in link for link in links)


@pytest.mark.exhaustive
@pytest.mark.parametrize("page", ["nation", "nation_entries", "nation_changed", "cluster", "cluster_changed"])
def test_pages_as_known_then_cost_the_same_however_many_entries(client, late, page):
    client.force_login(make_staff(None, Role.COORDINATOR))
    there = reverse(f"panel_figures:{page}", args=[late.chair.cluster.slug] if page.startswith("cluster") else [])

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(there, {"on": "2025-12-31", "known": CLOSED().isoformat()})
        return len(asked)

    queries()
    before = queries()
    for number in range(3):
        one = silent_sponsorship(chair=make_chair("active", cluster=late.chair.cluster))
        for at in (timezone.now() - datetime.timedelta(days=9), timezone.now()):
            entered(one, "received", number + 1, "2025-06-01", at=at)
    assert queries() == before
