"""What an operator and a visitor meet when the database is away, or behind the code."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone

from config.views import NIGHTLY_IS_MISSING, WORKER_IS_MISSING
from core.models.heartbeat import Heartbeat

pytestmark = pytest.mark.database(quick=True)

PUBLIC = ["", "clusters/", "chairs/", "chairs/?q=robot", "people/", "institutions/", "opportunities/"]
PAGES = [f"/{language}/{path}" for language in ("en", "fr") for path in PUBLIC]


@pytest.fixture
def database_down(monkeypatch, django_db_blocker):
    """A database that nobody can connect to, as after a crash of its machine."""

    def refuse(self):
        raise OperationalError("connection to server at 10.0.0.5 failed: secret detail")

    with django_db_blocker.unblock():
        connection.close()
        monkeypatch.setattr(BaseDatabaseWrapper, "connect", refuse)
        yield


@pytest.mark.parametrize("path", PAGES)
def test_any_page_gives_a_plain_page_without_a_trace(database_down, path):
    response = Client(raise_request_exception=False).get(path)
    assert_out_of_service(response)


@pytest.mark.parametrize("path", ["/en/my/", "/admin/", "/en/accounts/email/"])
def test_so_does_a_page_behind_the_sign_in_for_somebody_signed_in(database_down, path):
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = "a" * 32
    assert_out_of_service(client.get(path))


def assert_out_of_service(response):
    body = response.content.decode()
    assert response.status_code == 503
    assert response["Retry-After"]
    assert "The site is out of service" in body and 'lang="fr"' in body
    assert "Traceback" not in body and "secret detail" not in body


def test_the_process_is_healthy_and_not_ready(database_down):
    assert Client().get("/healthz").json() == {"status": "ok"}
    response = Client().get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"status": "unavailable", "reason": "database"}


def seen(minutes_ago: int, night_hours_ago: int = 24) -> None:
    for key, ago in {
        Heartbeat.WORKERS: timedelta(minutes=minutes_ago),
        Heartbeat.NIGHTLY: timedelta(hours=night_hours_ago),
    }.items():
        Heartbeat.objects.update_or_create(pk=key, defaults={"seen_at": timezone.now() - ago})


@pytest.mark.django_db
def test_a_migrated_database_with_its_worker_is_ready(client):
    seen(minutes_ago=9)
    assert client.get("/readyz").json() == {"status": "ok"}


def assert_says_that_the_worker_is_missing(response):
    assert response.status_code == 200
    assert response.json() == {"status": "degraded", "reason": "worker", "detail": WORKER_IS_MISSING}


@pytest.mark.django_db
def test_it_says_when_no_worker_was_seen_for_ten_minutes(client):
    seen(minutes_ago=11)
    assert_says_that_the_worker_is_missing(client.get("/readyz"))


@pytest.mark.django_db
def test_it_says_when_the_work_of_the_night_was_not_done(client):
    seen(minutes_ago=1, night_hours_ago=37)
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"status": "degraded", "reason": "nightly", "detail": NIGHTLY_IS_MISSING}


@pytest.mark.django_db
def test_it_says_when_none_came_within_ten_minutes_of_the_last_migration(client):
    applied = MigrationRecorder(connection).migration_qs
    applied.update(applied=timezone.now() - timedelta(minutes=9))
    assert client.get("/readyz").json() == {"status": "ok"}
    applied.update(applied=timezone.now() - timedelta(minutes=11))
    assert_says_that_the_worker_is_missing(client.get("/readyz"))


@pytest.mark.django_db
def test_a_database_behind_the_code_is_not(client):
    newest = MigrationLoader(connection).graph.leaf_nodes("clusters")[0]
    MigrationRecorder(connection).record_unapplied(*newest)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"status": "unavailable", "reason": "migrations"}


def test_a_mistake_of_ours_is_not_taken_for_an_outage(monkeypatch):
    def mistake(*args, **kwargs):
        raise ValueError("secret detail")

    monkeypatch.setattr("config.views.render", mistake)
    response = Client(raise_request_exception=False).get("/en/privacy/")
    assert response.status_code == 500
    assert "Something broke on our side" in response.content.decode()
    assert "secret detail" not in response.content.decode()


@pytest.mark.django_db
def test_a_shared_cache_that_does_not_answer_is_an_outage_and_not_a_mistake(client, settings):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:9/0"}
    }
    client.raise_request_exception = False
    response = client.get("/api/v1/clusters")
    page = client.post("/en/accounts/login/", {"login": "ada@example.org", "password": "wrong"})
    assert (response.status_code, page.status_code) == (503, 503) and page["Retry-After"] == "30"
