"""A public page is sent again while nothing of it has changed, and never when something has."""

import gzip
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError, connection, connections, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import path

from clusters.models import Cluster
from config import urls
from core import page_cache
from tests import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("search_index", "field_history")]
LIST = "/en/clusters/"
COMPRESSED = {"accept-encoding": "gzip, br"}


@login_not_required
def changed_while_it_is_made(request):
    """Read a name, and let somebody else change it before the page is finished."""
    text = Cluster.objects.get().name
    if text == "Before":
        with ThreadPoolExecutor(1) as pool:
            pool.submit(rename, "After").result()
    return HttpResponse(text)


urlpatterns = [path("en/changed/", changed_while_it_is_made), *urls.urlpatterns]
handler400, handler403, handler404, handler500 = (getattr(urls, f"handler{code}") for code in (400, 403, 404, 500))


def rename(name: str) -> None:
    Cluster.objects.update(name=name)
    connections.close_all()


@pytest.fixture
def cluster():
    return factories.make_cluster(name="Before")


@pytest.fixture
def client():
    return Client()


def is_sent_again(client, address, **options) -> bool:
    """Return whether the page comes without a question to the records."""
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address, **options).status_code in (200, 304)
    return not asked.captured_queries


@pytest.mark.database(quick=True)
def test_a_page_is_sent_again_as_it_was_until_something_is_committed(cluster, client):
    first = client.get(LIST)
    assert "Before" in first.text and is_sent_again(client, LIST)
    again = client.get(LIST)
    assert again.content == first.content and dict(again.headers) == dict(first.headers)
    assert again.headers["Cache-Control"] == "no-cache"
    assert set(again.headers["Vary"].split(", ")) == {"Cookie", "Accept-Encoding"}
    with connection.cursor() as cursor:
        cursor.execute("UPDATE clusters_cluster SET name = 'After'")
    # The first reader indexes what was changed by SQL, which moves the version once more.
    assert "After" in client.get(LIST).text and client.get(LIST).status_code == 200
    assert is_sent_again(client, LIST)
    cluster.delete()
    assert "After" not in client.get(LIST).text


@pytest.mark.database(quick=True)
def test_what_is_written_in_a_transaction_is_neither_kept_nor_hidden(cluster, client):
    client.get(LIST)
    with transaction.atomic():
        rename_here = Cluster.objects.update(name="After")
        assert rename_here and "After" in client.get(LIST).text
        assert not is_sent_again(client, LIST)
        transaction.set_rollback(True)
    assert "Before" in client.get(LIST).text and is_sent_again(client, LIST)


@pytest.mark.database(quick=True)
@pytest.mark.urls(__name__)
def test_a_change_while_a_page_is_made_does_not_leave_the_old_one_behind(cluster, client):
    assert client.get("/en/changed/").text == "Before"
    assert client.get("/en/changed/").text == "After"
    assert is_sent_again(client, "/en/changed/")


def test_what_an_answer_depends_on_is_kept_apart(cluster, client):
    client.get(LIST)
    assert is_sent_again(client, LIST)
    for address, options in [
        ("/fr/clusters/", {}),
        (f"{LIST}?page=1", {}),
        (LIST, {"secure": True}),
        (LIST, {"headers": {"host": "localhost"}}),
        (LIST, {"headers": {"hx-request": "true"}}),
        ("/sitemap.xml", {}),
        ("/sitemap.xml", {"headers": {"accept-language": "fr"}}),
        ("/api/v1/clusters", {}),
        ("/api/v1/clusters", {"headers": {"accept": "application/json"}}),
    ]:
        assert not is_sent_again(client, address, **options)
        assert is_sent_again(client, address, **options)
    assert client.get(LIST, headers={"host": "evil.example"}).status_code == 400


def test_whoever_has_a_session_or_a_message_is_shown_their_own_page(cluster, client):
    client.get(LIST)
    user, signed_in = factories.make_user(), Client()
    signed_in.force_login(user)
    page = signed_in.get(LIST, headers=COMPRESSED)
    assert user.email in page.text or "Sign out" in page.text
    assert page.headers["Cache-Control"] == "private, no-store"
    assert "ETag" not in page.headers and "Content-Encoding" not in page.headers
    assert "Sign out" not in client.get(LIST).text
    client.cookies["messages"] = "anything"
    assert not is_sent_again(client, LIST)


def test_who_carries_another_cookie_of_ours_leaves_no_page_behind(cluster):
    carrying = Client()
    carrying.cookies["csrftoken"] = "a" * 32
    assert not is_sent_again(carrying, LIST) and not is_sent_again(carrying, LIST)
    Client().get(LIST)
    assert is_sent_again(carrying, LIST)


def test_a_form_with_a_secret_is_neither_kept_nor_compressed(client):
    for _time in range(2):
        page = client.get("/en/agreements/check/", headers=COMPRESSED)
        assert "csrfmiddlewaretoken" in page.text and "Content-Encoding" not in page.headers
    assert not page_cache.without_query.pages


def test_errors_redirects_and_what_asks_whether_we_live_are_not_kept(client):
    for address in ("/en/no-such-page/", "/", "/en/my/", "/healthz", "/readyz", "/robots.txt"):
        client.get(address)
    assert not page_cache.without_query.pages


def test_a_browser_that_has_the_page_is_told_so(cluster, client):
    plain, compressed = client.get(LIST), client.get(LIST, headers=COMPRESSED)
    assert gzip.decompress(compressed.content) == plain.content
    assert compressed.headers["Content-Encoding"] == "gzip" and plain.headers["ETag"] != compressed.headers["ETag"]
    for has, headers in [(plain, {}), (compressed, COMPRESSED)]:
        known = client.get(LIST, headers={**headers, "if-none-match": has.headers["ETag"]})
        assert known.status_code == 304 and not known.content
        assert known.headers["ETag"] == has.headers["ETag"]
        assert known.headers["Content-Security-Policy"] == plain.headers["Content-Security-Policy"]
        assert "Content-Encoding" not in known.headers
    rename("After")
    changed = client.get(LIST, headers={"if-none-match": plain.headers["ETag"]})
    assert changed.status_code == 200 and "After" in changed.text


def test_a_page_made_anew_with_the_same_text_is_still_the_one_that_the_browser_has(cluster, client):
    tag = client.get(LIST).headers["ETag"]
    cluster.save()
    assert client.get(LIST, headers={"if-none-match": tag}).status_code == 304


def test_a_question_about_a_page_is_answered_from_it(cluster, client):
    page = client.get(LIST)
    head = client.head(LIST)
    assert head.headers["ETag"] == page.headers["ETag"] and not head.content
    assert head.headers["Content-Length"] == str(len(page.content))


def test_an_answer_that_is_not_kept_is_compressed_all_the_same(client):
    page = client.get("/en/no-such-page/", headers=COMPRESSED)
    assert page.status_code == 404 and "Page not found" in gzip.decompress(page.content).decode()
    refusing = client.get("/en/no-such-page/", headers={"accept-encoding": "gzip;q=0"})
    assert "Content-Encoding" not in refusing.headers


def test_a_page_lasts_no_longer_than_the_hour(cluster, client, monkeypatch):
    client.get(LIST)
    assert is_sent_again(client, LIST)
    later = page_cache.time.time() + page_cache.SECONDS
    monkeypatch.setattr(page_cache.time, "time", lambda: later)
    assert not is_sent_again(client, LIST)


def test_queries_without_end_push_out_only_each_other(cluster, client, monkeypatch):
    client.get(LIST)
    page = page_cache.without_query.pages.popitem()[1][1]
    page_cache.without_query.clear()
    monkeypatch.setattr(page_cache, "LARGEST_PART", 1)
    shelf = page_cache.Shelf(most=3 * page.size)
    for number in range(10):
        shelf.put(number, (1, 1), page)
        shelf.get(0, (1, 1))
    assert set(shelf.pages) == {0, 8, 9} and shelf.size == 3 * page.size
    assert shelf.get(0, (2, 1)) is None
    shelf.put(0, (2, 1), page)
    assert shelf.size == 3 * page.size
    monkeypatch.setattr(page_cache, "LARGEST_PART", 10)
    shelf.put("large", (1, 1), page)
    assert "large" not in shelf.pages and len(shelf.pages) == 3
    client.get(f"{LIST}?x=1")
    client.get(f"{LIST}?x={'1' * page_cache.MAX_ADDRESS}")
    assert len(page_cache.with_query.pages) == 1 and not page_cache.without_query.pages


def test_a_database_that_is_away_is_said(cluster, client, monkeypatch):
    def away():
        raise OperationalError("the line is dead")

    client.get(LIST)
    client.raise_request_exception = False
    monkeypatch.setattr("core.data_version.current", away)
    assert not is_sent_again(client, LIST)
