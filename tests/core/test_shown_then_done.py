"""What is done is what was shown: a page whose record changed meanwhile does nothing, and is shown again with what was typed."""

import re

import pytest
from django.contrib import admin
from django.urls import reverse

from clusters.enums import Role
from clusters.models import Person
from core.admin.confirmation import SEEN
from core.models import HeldDecision, Merge, OutgoingMail
from sponsorships.models import Sponsorship
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("field_history")]
SAID = "Nothing was done: what stands here changed"
RELEASE = "/admin/lists/core/helddecision/at-once/"


@pytest.fixture
def cluster():
    return factories.make_cluster()


@pytest.fixture
def manager(cluster, client):
    user = factories.make_staff(cluster, Role.MANAGER, name="Maria Manager")
    client.force_login(user)
    return user


@pytest.fixture
def proposal(cluster):
    return factories.make_sponsorship("in_review", chair=factories.make_chair("active", cluster=cluster))


def opened(client, there) -> dict:
    """Return what the form of the page would post, unchanged."""
    return {"shown": re.search(r'name="shown" value="(\w+)"', client.get(there).text)[1]}


def test_a_proposal_is_accepted_as_it_was_read(client, manager, proposal):
    there = f"/admin/sponsorships/sponsorship/{proposal.pk}/verb/accept/"
    posted = opened(client, there) | {"note": "Well argued."}
    Sponsorship.objects.filter(pk=proposal.pk).update(cash_amount=99_000)
    page = client.post(there, posted).text
    assert SAID in page and "Well argued." in page
    assert Sponsorship.objects.get().status == "in_review"
    client.post(there, opened(client, there) | {"note": "Well argued."})
    assert Sponsorship.objects.get().status == "accepted"


def test_a_second_click_does_not_undo_the_first(client, manager, cluster):
    person = factories.make_person(name="Ada Exemple", registered_in=cluster)
    there = reverse("panel_rights:hide", args=[person.pk])
    posted = opened(client, there)
    client.post(there, posted)
    assert Person.objects.get(pk=person.pk).is_hidden
    page = client.post(there, posted).text
    assert SAID in page and Person.objects.get(pk=person.pk).is_hidden
    client.post(there, opened(client, there))
    assert not Person.objects.get(pk=person.pk).is_hidden


def test_a_version_is_restored_over_what_was_compared_with_it(client, manager, cluster):
    person = factories.make_person(name="Ada Before", registered_in=cluster)
    person.name = "Ada After"
    person.save()
    there = f"/admin/clusters/person/{person.pk}/history/{person.history.earliest('history_id').pk}/"
    posted = opened(client, there)
    person.website = "https://example.org/ada"
    person.save()
    page = client.post(there, posted).text
    assert SAID in page and "https://example.org/ada" in page
    assert Person.objects.get(pk=person.pk).name == "Ada After"
    client.post(there, opened(client, there))
    assert Person.objects.get(pk=person.pk).name == "Ada Before"


@pytest.mark.parametrize("change", ["the other record", "what moves"])
def test_two_records_are_merged_as_they_were_compared(client, manager, cluster, change):
    one, other = (factories.make_person(name=name, registered_in=cluster) for name in ("Zoé Martin", "Zoe Martin"))
    there = f"/admin/clusters/person/{one.pk}/merge/{other.pk}/"
    posted = opened(client, there) | {"name": "gone", "family_name": "kept"}
    if change == "what moves":
        factories.make_appointment(factories.make_chair("approved", cluster=cluster), person=other)
    else:
        Person.objects.filter(pk=other.pk).update(name="Zoé Martinez")
    assert SAID in client.post(there, posted).text and not Merge.objects.exists()
    client.post(there, opened(client, there) | {"name": "kept", "family_name": "kept"})
    assert Merge.objects.exists() and Person.objects.get(pk=one.pk).name == "Zoé Martin"


def test_a_report_is_accepted_by_what_its_page_posts_and_no_form_of_an_act_uses_the_same_name(
    client, manager, proposal
):
    report = factories.make_report(proposal, "submitted")
    there = f"/admin/progress/progressreport/{report.pk}/verb/accept/"
    hidden = dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', client.get(there).text))
    assert SEEN in hidden and "seen" in hidden
    client.post(there, hidden)
    assert type(report).objects.get().status == "accepted"
    pages = [page for page in admin.site._registry.values() if getattr(page, "verb_forms", None)]
    assert len(pages) > 3
    assert not [page for page in pages for form in page.verb_forms.values() if SEEN in form.base_fields]


def test_the_reminder_that_leaves_is_the_one_that_was_shown(client, manager, cluster):
    chair = factories.make_chair("active", cluster=cluster)
    proposal = factories.make_sponsorship("changes_requested", chair=chair)
    there = f"/admin/desk/sponsorships/sponsorship/{proposal.pk}/remind/"
    posted = opened(client, there)
    factories.make_contact(proposal.partner, factories.make_user("late@example.org", name="Lena Late"))
    page = client.post(there, posted).text
    assert SAID in page and "Lena Late" in page and not OutgoingMail.objects.exists()
    client.post(there, opened(client, there))
    assert OutgoingMail.objects.count() == 2


@pytest.mark.database
def test_held_decisions_are_released_with_the_mails_that_were_read(client, manager, proposal):
    for record, note in [
        (proposal, "Welcome."),
        (factories.make_sponsorship("in_review", chair=proposal.chair), "And you."),
    ]:
        verb = f"/admin/sponsorships/sponsorship/{record.pk}/verb/accept/"
        client.post(verb, opened(client, verb) | {"note": note, "hold": "1"})
    held = list(HeldDecision.objects.order_by("pk"))

    def shown() -> dict:
        page = client.post(RELEASE, {"act": "release", "chosen": [one.pk for one in held]}).text
        stamps = dict(re.findall(r'name="(stamp-\d+)" value="(\w+)"', page))
        return {"act": "release", "chosen": [one.pk for one in held], "mode": "all", **stamps}

    posted = shown()
    chair = proposal.chair
    chair.title_en = chair.title_fr = "Another title"
    chair.save()
    answer = client.post(RELEASE, posted, follow=True).text
    assert "Somebody else changed this record meanwhile" in answer and not OutgoingMail.objects.exists()
    # One alone is what was shown of it, whichever others stood beside it.
    client.post(RELEASE, {**shown(), "chosen": [held[1].pk]})
    assert [one.is_released for one in HeldDecision.objects.order_by("pk")] == [False, True]
    assert OutgoingMail.objects.filter(text__contains="Another title").exists()
