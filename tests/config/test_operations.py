"""How the site does: a page for who sees the whole programme, and measures for inner addresses alone."""

import re
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.utils import timezone

from config.management.commands import nightly
from config.operations import metrics, state
from core.logs import counters
from core.models.heartbeat import Heartbeat
from core.models.mail import OutgoingMail
from tests import factories
from transparency.models import LogLeaf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_index", "field_history")]

ADDRESS = "/admin/state/"


@pytest.fixture
def coordinator(client):
    client.force_login(factories.make_staff(None, role="coordinator", language="en"))
    return client


def test_the_coordinator_sees_what_is_missing_and_then_that_all_is_done(coordinator, tmp_path):
    text = coordinator.get(ADDRESS).text
    assert state.VERSION in text and "No worker was seen for ten minutes" in text
    assert "does anything call manage.py backup?" in text and "does anything call manage.py nightly?" in text
    Heartbeat.leave(Heartbeat.WORKERS)
    Heartbeat.leave(Heartbeat.NIGHTLY)
    call_command("backup", tmp_path / "backup.zip", stdout=StringIO())
    text = coordinator.get(ADDRESS).text
    assert "Last backup" in text and "manage.py backup?" not in text
    assert "Worker last seen" in text and "No worker was seen" not in text


def test_a_night_that_failed_is_told_with_its_steps_until_one_is_done(coordinator, ask, monkeypatch):
    Heartbeat.leave(Heartbeat.NIGHTLY)
    LogLeaf.objects.create(place=7, kind="entry", subject="x", sha256="0" * 64)
    monkeypatch.setattr(nightly, "STEPS", ["check_ledger", "check_log"])
    with pytest.raises(CommandError, match="check_log: leaf 0 is missing"):
        call_command("nightly", verbosity=0)
    text = coordinator.get(ADDRESS).text
    assert re.search(r"It failed on [^<]+: check_log\. Each is a command of manage\.py", text), text
    assert "Somebody should look" in text and "does anything call manage.py nightly?" not in text
    assert "\ncathedra_night_failed 1\n" in ask()
    LogLeaf.objects.all().delete()
    call_command("nightly", verbosity=0)
    assert "It failed on" not in coordinator.get(ADDRESS).text and "\ncathedra_night_failed 0\n" in ask()


def test_mails_that_wait_are_counted_and_an_old_one_is_marked(coordinator):
    mail = OutgoingMail.objects.create(recipient=factories.make_user(), occasion="test", subject="A", text="B")
    OutgoingMail.objects.filter(pk=mail.pk).update(created_at=timezone.now() - timedelta(hours=2))
    now = state.state_now()
    assert (now.mails_waiting, now.mails_given_up) == (1, 0)
    assert "It has waited for more than ten minutes" in coordinator.get(ADDRESS).text


def test_it_is_in_the_sections_of_who_sees_the_whole_programme_alone(coordinator):
    assert f'href="{ADDRESS}"' in coordinator.get("/admin/").text
    assert 'aria-current="page">State of the site' in coordinator.get(ADDRESS).text
    coordinator.force_login(factories.make_staff(factories.make_cluster(), email="manager@example.org"))
    page = coordinator.get("/admin/")
    assert 'id="sections"' in page.text and ADDRESS not in page.text
    assert coordinator.get(ADDRESS).status_code == 403


@pytest.fixture
def ask(monkeypatch):
    """Return what Prometheus is told, or nothing where the site's own pages answer."""

    def asked(**environ) -> str:
        given = {"REQUEST_METHOD": "GET", "PATH_INFO": "/metrics", "REMOTE_ADDR": "127.0.0.1", "wsgi.input": BytesIO()}
        site = metrics.Metrics(lambda environ, start_response: [b""])
        return b"".join(site({**given, **environ}, lambda status, headers: None)).decode()

    # The connection of a test stays open.
    monkeypatch.setattr(metrics, "close_old_connections", lambda: None)
    return asked


def test_measures_add_up_all_processes(ask):
    before = dict(counters.requests())[("POST", "3xx")]
    for worker in (1, 2):
        counters.use_slot(worker)
        counters.count("POST", 302, 0.2)
    counters.use_slot(0)
    text = ask()
    assert f'cathedra_requests_total{{method="POST",status="3xx"}} {before + 2}' in text
    assert "cathedra_database_up 1" in text and "cathedra_mails_waiting 0" in text
    counts = [int(count) for count in re.findall(r"_bucket\{le=.*\} (\d+)", text)]
    assert len(counts) == len(counters.BUCKETS) + 1 and counts == sorted(counts) and counts[-1] >= 2


@pytest.mark.parametrize(
    "environ",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"REMOTE_ADDR": ""},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_X_FORWARDED_PROTO": "https"},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
        {"REQUEST_METHOD": "POST"},
        {"PATH_INFO": "/metrics/"},
    ],
)
def test_nobody_else_is_told_them(ask, environ):
    assert "cathedra_info" in ask(REMOTE_ADDR="::ffff:127.0.0.1")
    assert ask(**environ) == ""


def test_without_its_database_the_site_still_counts(ask, monkeypatch):
    def away():
        raise DatabaseError("connection to 10.0.0.5 failed")

    monkeypatch.setattr(metrics, "state_now", away)
    text = ask()
    assert "cathedra_database_up 0" in text and "cathedra_request_seconds_count" in text
    assert "cathedra_mails_waiting" not in text and "10.0.0.5" not in text
    # The disk may be why.
    assert re.search(r"^cathedra_disk_free_bytes \d+$", text, re.MULTILINE)
