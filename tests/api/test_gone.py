"""What was public and is gone says so wherever it was: its page in each language, its former address, the API, a short link."""

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone, translation
from django.utils.formats import date_format

from chairs.models import StartUp
from clusters.models import Director, Person
from core.merging.merge import merge
from rights.anonymising import anonymise
from tests import factories
from tests.collaboration_factory import make_collaboration
from tests.innovation_factory import make_start_up

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.database(quick=True),
    pytest.mark.usefixtures("search_index", "field_history"),
]


def make_head() -> Person:
    """Return a person whom a source names; whoever was asked for consent is never deleted."""
    person = factories.make_person()
    Director.objects.create(cluster=factories.make_cluster(), person=person, source="https://example.org/")
    return person


MAKERS = {
    "chairs": lambda: factories.make_chair("active", with_pi=False),
    "clusters": factories.make_cluster,
    "institutions": factories.make_institution,
    "people": make_head,
    "training": factories.make_training,
    "start-ups": make_start_up,
    "collaborations": lambda: make_collaboration(factories.make_cluster()),
}


def pages_of(record) -> list[str]:
    """Return where a record is: its page in each language, and of a chair what belongs to it."""
    found = []
    for language in ("en", "fr"):
        with translation.override(language):
            found.append(record.get_absolute_url())
    if record._meta.model_name == "chair":
        found += [f"{found[0]}outputs/", f"{found[0]}fund/", f"/c/{record.pk}"]
    return found


def remove(record) -> None:
    if isinstance(record, Person):
        record.directorships.all().delete()
    record.delete()


@pytest.mark.parametrize("kind", MAKERS)
def test_what_is_deleted_outright_is_gone_with_the_day_and_the_reason(api, kind):
    record = MAKERS[kind]()
    key, name, pages = record.pk, str(record), pages_of(record)
    call_command("note_public_records")
    record.slug = f"{record.slug}-anew"
    record.save()
    # The change is noted, and nobody asks between it and the end.
    call_command("note_public_records")
    pages += pages_of(record)
    assert api.client.get(pages[-2]).status_code in (200, 302), "it is there before"
    remove(record)
    for page in pages:
        response = api.client.get(page, headers={"accept-language": "en"})
        assert response.status_code == 410, page
        with translation.override("fr" if page.startswith("/fr/") else "en"):
            assert date_format(timezone.localdate(), "DATE_FORMAT") in response.text, page
        assert "No longer published" in response.text or "n’est plus publi" in response.text
        assert name not in response.text
    gone = api.get(f"{kind}/{key}", 410)
    assert (gone["reason"], gone["id"]) == ("removed", key)
    assert gone["withdrawn_at"].startswith(timezone.now().date().isoformat())


def test_what_was_never_public_was_never_there(api):
    draft = factories.make_chair("draft")
    secret = make_start_up(is_published=False)
    call_command("note_public_records")
    pages = [*pages_of(draft), *pages_of(secret)]
    draft.appointments.all().delete()
    draft.delete()
    StartUp.objects.all().delete()
    assert {api.client.get(page).status_code for page in pages} == {404}


def test_an_address_that_another_record_has_taken_is_its_own(api):
    first = make_start_up(slug="the-name")
    call_command("note_public_records")
    first.delete()
    page = "/en/start-ups/the-name/"
    assert api.client.get(page).status_code == 410
    make_start_up(slug="the-name")
    assert api.client.get(page).status_code == 200


def test_nothing_tells_of_somebody_who_is_anonymised_nor_of_a_partner(api):
    person = make_head()
    partner = factories.make_sponsorship("accepted", confidentiality="public").partner
    pages = [*pages_of(person), f"/en/partners/{partner.slug}/", f"/fr/partners/{partner.slug}/"]
    call_command("note_public_records")
    assert [api.client.get(page).status_code for page in pages] == [200] * 4
    anonymise(person, by=None)
    partner.sponsorships.update(confidentiality="private")
    assert [api.client.get(page).status_code for page in pages] == [404] * 4


@pytest.mark.parametrize("kind", ["people", "institutions"])
def test_what_became_part_of_another_leads_there(api, kind):
    kept, gone, other = MAKERS[kind](), MAKERS[kind](), MAKERS[kind]()
    pages = pages_of(gone)
    call_command("note_public_records")
    staff = factories.make_user()
    merge(kept=kept, gone=gone, chosen={}, by=staff)
    merge(kept=other, gone=kept, chosen={}, by=staff)
    assert [api.client.get(page)["Location"] for page in pages] == pages_of(other)
    for one in (gone, kept):
        response = api.ask(f"{kind}/{one.pk}")
        assert (response.status_code, response["Location"]) == (301, f"http://localhost/api/v1/{kind}/{other.pk}")
        assert response["Access-Control-Allow-Origin"] == "*"
    assert Client().get(f"/api/v1/{kind}/{other.pk}").json()["slug"] == other.slug


def test_a_closed_activity_is_gone_in_the_shape_of_other_tools_too(api):
    activity = factories.make_activity(factories.make_chair("active"))
    [item] = api.get("commongrants/opportunities")["items"]
    there = f"commongrants/opportunities/{item['id']}"
    assert api.get(there)["data"]["id"] == item["id"]
    type(activity).objects.filter(pk=activity.pk).delete()
    gone = api.get(there, 410)
    assert (gone["reason"], gone["id"]) == ("removed", item["id"])
    assert api.get(there.replace(item["id"][:8], "00000000"), 404)
