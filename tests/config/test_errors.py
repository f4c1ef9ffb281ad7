"""What a visitor reads when something is wrong: what happened, and where to go, in the page's language."""

import re

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client, RequestFactory
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from chairs.consent.answers import answer
from chairs.enums import ConsentAct, ConsentWay
from config import views
from tests import factories
from tests.verbs import perform

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("search_index")]
WAYS_OUT = {"en": "Where to go from here", "fr": "Où aller maintenant"}


@pytest.fixture
def fresh_counts():
    """How often somebody tried is counted in the cache, which outlives a test."""
    cache.clear()
    yield
    cache.clear()


def assert_leads_on(response, status, language):
    page = response.content.decode()
    assert response.status_code == status
    assert f'<html lang="{language}">' in page
    assert len(re.findall(r"<h1[ >]", page)) == 1
    assert WAYS_OUT[language] in page
    assert f'href="/{language}/chairs/"' in page
    assert '<meta name="robots" content="noindex">' in page


@pytest.mark.parametrize("language", WAYS_OUT)
def test_a_page_that_is_not_there(client, language):
    assert_leads_on(client.get(f"/{language}/nowhere/"), 404, language)


@pytest.mark.parametrize("language", WAYS_OUT)
def test_what_one_may_not_do(client, language):
    chair = factories.make_chair("active", slug="a-chair")
    client.force_login(factories.make_staff(chair.cluster, "reader"))
    response = client.get(f"/{language}/my/chairs/{chair.cluster.slug}/a-chair/text/")
    assert_leads_on(response, 403, language)


@pytest.mark.parametrize("language", WAYS_OUT)
def test_a_form_that_this_site_did_not_give_out(language):
    browser = Client(enforce_csrf_checks=True)
    response = browser.post(f"/{language}/accounts/login/", {"login": "ada@example.org", "password": "x"})
    assert_leads_on(response, 403, language)
    assert {"en": "send the form again", "fr": "renvoyez le formulaire"}[language] in response.text


@pytest.mark.parametrize("language", WAYS_OUT)
def test_a_request_that_is_too_large(client, language, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3
    response = client.post(f"/{language}/accounts/login/", {f"field{number}": "x" for number in range(9)})
    assert_leads_on(response, 400, language)


@pytest.mark.parametrize("language", WAYS_OUT)
def test_too_many_attempts(client, language, fresh_counts):
    for _attempt in range(21):
        response = client.post(f"/{language}/accounts/signup/", {"email": "ada@example.org"})
    assert_leads_on(response, 429, language)


def test_signed_in_people_find_their_own_pages(client):
    client.force_login(factories.make_staff(factories.make_cluster()))
    page = client.get("/en/nowhere/").text
    main = page[page.index("<main") :]
    assert 'href="/en/my/"' in main and 'href="/admin/"' in main


@pytest.mark.parametrize("language", WAYS_OUT)
def test_a_chair_that_is_withdrawn_after_its_approval_is_gone(client, language):
    chair = factories.make_chair("approved", slug="a-chair")
    address = f"/{language}/chairs/{chair.cluster.slug}/a-chair/"
    assert client.get(address).status_code == 200
    perform(chair, "withdraw", by=factories.make_staff(chair.cluster), note="The university left.")
    response = client.get(address)
    assert_leads_on(response, 410, language)
    with override(language):
        assert date_format(timezone.localdate(), "DATE_FORMAT") in response.text
    assert "The university left" not in response.text
    assert client.get(f"/c/{chair.pk}", follow=True, headers={"accept-language": language}).status_code == 410
    assert_leads_on(client.get(f"{address}outputs/"), 410, language)


def test_whoever_comes_by_a_former_address_of_what_is_gone_reads_that_too(client):
    chair = factories.make_chair("approved", slug="a-chair")
    programme = factories.make_training(chair.cluster)
    before = [chair.get_absolute_url(), programme.get_absolute_url()]
    call_command("note_public_records")
    for record in (chair, programme):
        record.slug = f"{record.slug}-anew"
        record.save()
    assert [client.get(there).status_code for there in before] == [301, 301]
    perform(chair, "withdraw", by=factories.make_staff(chair.cluster), note="The university left.")
    programme.is_published = False
    programme.save()
    for there in before:
        assert client.get(there, follow=True).status_code == 410


def test_a_person_whom_no_chair_names_any_more_is_gone_as_the_api_says(client):
    chair = factories.make_chair("approved")
    person = chair.appointments.get().person
    call_command("note_public_records")
    there = f"/en/people/{person.slug}/"
    assert client.get(there).status_code == 200
    perform(chair, "withdraw", by=factories.make_staff(chair.cluster), note="The university left.")
    response = client.get(there)
    assert_leads_on(response, 410, "en")
    assert "No chair or cluster names this person any more." in response.text and person.name not in response.text
    assert client.get(f"/api/v1/people/{person.pk}").status_code == 410


def test_a_record_that_its_cluster_no_longer_publishes_is_gone(client):
    programme = factories.make_training(factories.make_cluster())
    address = programme.get_absolute_url()
    call_command("note_public_records")
    assert client.get(address).status_code == 200
    programme.is_published = False
    programme.save()
    response = client.get(address)
    assert_leads_on(response, 410, "en")
    assert "Its cluster no longer publishes it" in response.text
    never = factories.make_training(programme.cluster, is_published=False)
    assert client.get(never.get_absolute_url()).status_code == 404


def test_a_short_link_leads_to_a_public_chair_whatever_it_is_called(client):
    chair = factories.make_chair("active", slug="a-chair")
    there = f"/c/{chair.pk}"
    assert there in client.get(chair.get_absolute_url()).text
    chair.slug = "another"
    chair.save()
    response = client.get(there, headers={"accept-language": "fr"})
    assert (response.status_code, response["Location"]) == (302, f"/fr/chairs/{chair.cluster.slug}/another/")
    assert "Accept-Language" in response["Vary"]
    secret = factories.make_chair("draft")
    for pk in (secret.pk, 10**30):
        assert client.get(f"/c/{pk}").status_code == 404


def test_a_chair_that_was_never_public_is_not_there(client):
    chair = factories.make_chair("withdrawn", slug="a-chair")
    there = f"/en/chairs/{chair.cluster.slug}/a-chair/"
    assert client.get(there).status_code == 404
    type(chair).objects.filter(pk=chair.pk).update(status="sourced", origin="sourced")
    assert client.get(there).status_code == 200


def test_a_person_who_takes_the_agreement_to_be_named_back_is_gone(client):
    post = factories.make_chair("active").appointments.get()
    address = f"/en/people/{post.person.slug}/"
    assert client.get(address).status_code == 200
    answer(post, ConsentAct.WITHDRAWN, way=ConsentWay.LINK)
    response = client.get(address)
    assert_leads_on(response, 410, "en")
    assert post.person.name not in response.text


def test_a_person_who_was_never_named_is_not_there(client):
    post = factories.make_chair("active", with_pi=False)
    person = factories.make_appointment(post, consent_given_on=None).person
    assert client.get(f"/en/people/{person.slug}/").status_code == 404
    factories.make_appointment(post, person=person)
    assert client.get(f"/en/people/{person.slug}/").status_code == 200


def test_a_broken_site_answers_without_its_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        response = views.server_error(RequestFactory().get("/en/"))
    assert response.status_code == 500
    for address in ("/en/", "/fr/", "/en/chairs/", "/fr/chairs/"):
        assert f'href="{address}"' in response.text
