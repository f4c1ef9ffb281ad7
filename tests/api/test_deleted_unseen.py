"""A public record that is deleted before anything looked at it is gone with the day and the reason, as any other."""

import pytest
from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format

from api.models import PublicRecord
from clusters.models import Person
from tests import factories
from tests.api.test_gone import MAKERS, pages_of, remove
from tests.innovation_factory import make_start_up
from tests.output_factory import make_output

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.database(quick=True),
    pytest.mark.usefixtures("search_index", "field_history"),
]
# What has no page of its own, and an address in the API.
PARTS = {
    "themes": lambda: factories.make_theme(factories.make_cluster()),
    "opportunities": lambda: factories.make_activity(factories.make_chair("active")),
    "outputs": lambda: make_output(factories.make_chair("active")),
}


@pytest.mark.parametrize("kind", MAKERS)
def test_its_page_says_so_in_both_languages(api, kind):
    record = MAKERS[kind]()
    name, pages = str(record), pages_of(record)
    remove(record)
    for page in pages:
        response = api.client.get(page, headers={"accept-language": "en"})
        assert response.status_code == 410, page
        with translation.override("fr" if page.startswith("/fr/") else "en"):
            assert date_format(timezone.localdate(), "DATE_FORMAT") in response.text, page
        assert name not in response.text


@pytest.mark.parametrize("kind", MAKERS | PARTS)
def test_the_api_says_so(api, kind):
    record = (MAKERS | PARTS)[kind]()
    key = record.pk
    remove(record)
    gone = api.get(f"{kind}/{key}", 410)
    assert (gone["reason"], gone["id"]) == ("removed", key)


@pytest.mark.parametrize("kind", MAKERS)
def test_what_is_deleted_with_many_others_says_so_too(api, kind):
    records = [MAKERS[kind](), MAKERS[kind]()]
    pages = [page for record in records for page in pages_of(record)]
    for record in records:
        if isinstance(record, Person):
            record.directorships.all().delete()
    type(records[0]).objects.filter(pk__in=[record.pk for record in records]).delete()
    assert {api.client.get(page).status_code for page in pages} == {410}


def test_its_last_address_counts_where_an_earlier_one_was_noted(api):
    record = make_start_up()
    api.get("start-ups")
    record.slug = "another-name"
    record.save()
    pages = pages_of(record)
    record.delete()
    assert {api.client.get(page).status_code for page in pages} == {410}


def test_what_was_never_public_leaves_no_trace(api):
    draft, hidden = factories.make_chair("draft", with_pi=False), factories.make_person(is_hidden=True)
    unpublished, unnamed = make_start_up(is_published=False), factories.make_person()
    pages = [page for record in (draft, hidden, unpublished, unnamed) for page in pages_of(record)]
    for record in (draft, hidden, unpublished, unnamed):
        record.delete()
    assert {api.client.get(page).status_code for page in pages} == {404}
    assert not PublicRecord.objects.filter(resource__in=["people", "start-ups", "chairs"]).exists()


def test_somebody_who_chose_to_be_hidden_leaves_no_trace(api):
    person = MAKERS["people"]()
    pages = pages_of(person)
    person.is_hidden = True
    person.save()
    remove(person)
    assert {api.client.get(page).status_code for page in pages} == {404}


def test_the_end_of_somebody_hidden_tells_neither_the_day_nor_a_removal(api):
    person = MAKERS["people"]()
    [page, _french] = pages_of(person)
    api.get("people")
    person.is_hidden = True
    person.save()
    remove(person)
    response = api.client.get(page)
    assert response.status_code == 410
    assert "removed" not in response.text
    assert date_format(timezone.localdate(), "DATE_FORMAT") not in response.text


def test_a_deletion_that_fails_leaves_the_record_where_it_was(api):
    record = make_start_up()
    [page, _other] = pages_of(record)
    api.get("start-ups")
    with pytest.raises(ZeroDivisionError):
        _delete_and_fail(record)
    assert api.client.get(page).status_code == 200
    assert api.get(f"start-ups/{record.pk}")["id"] == record.pk


def _delete_and_fail(record) -> None:
    with transaction.atomic():
        type(record).objects.filter(pk=record.pk).delete()
        1 / 0  # noqa: B018
