"""Two records of one thing: found, told apart, compared, made one, led on to, and made two again."""

import pytest
from django.test import Client

from clusters.models import Institution, InstitutionAlias, Person
from clusters.second_person import ask
from core.models import Merge, NotTheSame
from partners.models import Contact, Partner
from sponsorships.models import LedgerEntry
from tests import factories
from tests.personas import COORDINATOR, EDITOR, MANAGER, OTHER_MANAGER, READER

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.database,
    pytest.mark.usefixtures("field_history", "search_index"),
]
PEOPLE = "/admin/clusters/person"


@pytest.fixture
def panel(cast):
    def signed_in(who):
        client = Client()
        client.force_login(cast[who])
        return client

    return signed_in


@pytest.fixture
def twins(cast):
    """One woman under two spellings, each in a public chair of the cluster that does not run yet."""
    one = factories.make_person(name="Zoé Exemple-Durand", slug="zoe", registered_in=cast.cluster)
    other = factories.make_person(
        name="Zoe Exemple Durand", slug="zoe-2", registered_in=cast.cluster, orcid="0000-0002-1825-0097"
    )
    for person in (one, other):
        factories.make_appointment(factories.make_chair("approved", cluster=cast.cluster), person=person)
    return one, other


@pytest.mark.exhaustive(counted=True)
def test_twins_are_proposed_merged_led_on_to_and_parted_again(cast, panel, twins):
    one, other = twins
    post, client = other.appointments.get(), panel(EDITOR)
    listed = client.get(f"{PEOPLE}/duplicates/").text
    assert "Zoé Exemple-Durand" in listed and f"{PEOPLE}/{one.pk}/merge/{other.pk}/" in listed
    assert f"{PEOPLE}/{one.pk}/duplicates/" in client.get(f"{PEOPLE}/{one.pk}/change/").text
    page = client.get(f"{PEOPLE}/{one.pk}/merge/{other.pk}/").text
    assert "0000-0002-1825-0097" in page and "Zoe Exemple Durand" in page and "Appointments: 1" in page

    values = {"name": "kept", "orcid": "gone", "family_name": "kept"}
    assert client.post(f"{PEOPLE}/{one.pk}/merge/{other.pk}/", values).status_code == 302
    post.refresh_from_db()
    one.refresh_from_db()
    assert post.person_id == one.pk and post.consent_given_on and one.orcid == "0000-0002-1825-0097"
    assert not Person.objects.filter(pk=other.pk).exists()
    moved = Client().get("/en/people/zoe-2/")
    assert moved.status_code == 301 and moved["Location"].endswith("/en/people/zoe/")
    assert str(post.chair) in Client().get("/en/people/zoe/").text

    done = Merge.objects.get()
    assert done.by == cast[EDITOR] and "Zoe Exemple Durand" in client.get(f"{PEOPLE}/duplicates/").text
    assert client.post(f"{PEOPLE}/merges/{done.pk}/undo/").status_code == 302
    post.refresh_from_db()
    one.refresh_from_db()
    assert post.person_id == other.pk and one.orcid is None
    assert Person.objects.get(pk=other.pk).orcid == "0000-0002-1825-0097"
    assert Client().get("/en/people/zoe-2/").status_code == 200


def test_who_merges_twice_or_goes_back_is_led_to_the_record_that_stayed(panel, twins):
    one, other = twins
    there, client = f"{PEOPLE}/{one.pk}/merge/{other.pk}/", panel(EDITOR)
    values = {"name": "kept", "orcid": "gone", "family_name": "kept"}
    for request in (client.post, client.post, client.get):
        assert request(there, values).headers.get("Location") == f"{PEOPLE}/{one.pk}/change/"
    assert Merge.objects.count() == 1
    assert "was merged into “Zoé Exemple-Durand” already." in client.get(f"{PEOPLE}/{one.pk}/change/").text
    # From the other side too; and who may not see the record that stayed learns nothing.
    assert client.get(f"{PEOPLE}/{other.pk}/merge/{one.pk}/").status_code == 302
    assert panel(OTHER_MANAGER).get(there).status_code == 404


def test_nothing_is_undone_over_a_later_change(panel, twins):
    one, other = twins
    client = panel(MANAGER)
    client.post(f"{PEOPLE}/{one.pk}/merge/{other.pk}/", {"name": "kept", "orcid": "gone", "family_name": "kept"})
    Person.objects.filter(pk=one.pk).update(website="https://example.org/zoe")
    page = client.post(f"{PEOPLE}/merges/{Merge.objects.get().pk}/undo/").text
    assert "was changed after the merge" in page and Merge.objects.get().undone_at is None


@pytest.mark.parametrize("is_kept_hidden", [True, False])
def test_somebody_hidden_is_not_merged_with_a_record_that_is_shown(panel, twins, is_kept_hidden):
    one, other = twins
    hidden, shown = (one, other) if is_kept_hidden else (other, one)
    Person.objects.filter(pk=hidden.pk).update(is_hidden=True)
    address = f"{PEOPLE}/{one.pk}/merge/{other.pk}/"
    refused = panel(EDITOR).post(address, {"note": ""})
    assert f"“{shown.name}” is shown. Hide “{shown.name}” too before you merge them." in refused.text
    assert Person.objects.filter(pk__in=[one.pk, other.pk]).count() == 2

    Person.objects.filter(pk=shown.pk).update(is_hidden=True)
    panel(EDITOR).post(address, {"name": "kept", "family_name": "kept", "orcid": "gone", "note": ""})
    assert Person.objects.get(pk__in=[one.pk, other.pk]).is_hidden


def test_a_pair_told_apart_is_not_proposed_again(cast, panel, twins):
    one, other = twins
    client = panel(EDITOR)
    response = client.post(f"{PEOPLE}/duplicates/", {"record": [one.pk, other.pk]}, follow=True)
    assert (
        "are two: this pair is not proposed any more" in response.text and "No two records look alike" in response.text
    )
    assert NotTheSame.objects.get().by == cast[EDITOR]


@pytest.mark.exhaustive(counted=True)
def test_only_who_may_change_both_merges_them(cast, panel, twins):
    one, other = twins
    there = f"{PEOPLE}/{one.pk}/merge/{other.pk}/"
    assert panel(READER).get(there).status_code == 403 and panel(OTHER_MANAGER).get(there).status_code == 404
    # Another cluster relies on one of them: the coordinator's affair.
    factories.make_appointment(factories.make_chair("active", cluster=cast.elsewhere), person=other)
    assert panel(EDITOR).get(there).status_code == 403 and panel(COORDINATOR).get(there).status_code == 200
    assert f"merge/{other.pk}" not in panel(EDITOR).get(f"{PEOPLE}/duplicates/").text
    assert f"merge/{other.pk}" in panel(COORDINATOR).get(f"{PEOPLE}/duplicates/").text


@pytest.mark.exhaustive(counted=True)
def test_a_row_that_both_have_stays_once_and_comes_back(cast, panel):
    kept = cast.cluster.memberships.create(
        institution=factories.make_institution(name="Université Exemple")
    ).institution
    gone = factories.make_institution(name="Exemple University", acronym="UEX", slug="uex")
    row = cast.cluster.memberships.create(institution=gone, role="coordinator", is_founding=True)
    chair = factories.make_chair("active", cluster=cast.cluster, with_pi=False)
    post = factories.make_appointment(chair, affiliation=gone)
    values = {"name": "kept", "acronym": "gone", "city": "kept", "kind": "kept", "ror": "kept"}
    there = f"/admin/clusters/institution/{kept.pk}/merge/{gone.pk}/"
    assert panel(EDITOR).get(there).status_code == 403
    assert "1 row of the second record" in panel(COORDINATOR).get(there).text
    assert panel(COORDINATOR).post(there, values).status_code == 302
    post.refresh_from_db()
    assert post.affiliation_id == kept.pk and cast.cluster.memberships.count() == 1
    assert InstitutionAlias.objects.get(institution=kept).name == "Exemple University"
    panel(COORDINATOR).post(f"/admin/clusters/institution/merges/{Merge.objects.get().pk}/undo/")
    back = cast.cluster.memberships.get(pk=row.pk)
    assert back.institution.slug == "uex" and back.is_founding and not InstitutionAlias.objects.exists()


@pytest.mark.exhaustive(counted=True)
def test_partners_become_one_and_the_ledger_stays_as_it_is(cast, panel):
    chair = factories.make_chair("active", cluster=cast.cluster)
    kept, gone = factories.make_partner(name="Aciers du Rhône"), factories.make_partner(name="Aciers du Rhone SAS")
    user = factories.make_user("buyer@example.org")
    for partner in (kept, gone):
        factories.make_contact(partner, user)
        factories.make_sponsorship(partner=partner, chair=chair, status="submitted")
    entries = list(LedgerEntry.objects.order_by("pk").values())
    asked = ask(gone, {"legal_form": "SAS"}, why="So it is.", cluster=cast.cluster, by=cast[EDITOR])
    there = f"/admin/partners/partner/{kept.pk}/merge/{gone.pk}/"
    assert panel(EDITOR).get(there).status_code == 403
    assert panel(MANAGER).post(there, {"name": "kept"}).status_code == 302
    asked.refresh_from_db()
    assert asked.record == kept.pk
    assert kept.sponsorships.count() == 2 and Contact.objects.filter(user=user).get().partner == kept
    assert list(LedgerEntry.objects.order_by("pk").values()) == entries
    panel(MANAGER).post(f"/admin/partners/partner/merges/{Merge.objects.get().pk}/undo/")
    asked.refresh_from_db()
    assert asked.record == gone.pk
    assert Partner.objects.get(pk=gone.pk).sponsorships.count() == 1 and Contact.objects.filter(user=user).count() == 2


@pytest.fixture
def known(cast):
    """A partner with a primary contact of its own, which has proposed to the cluster."""
    contact = factories.make_contact(factories.make_partner(name="Aciers du Rhône"))
    chair = factories.make_chair("active", cluster=cast.cluster)
    return factories.make_sponsorship("submitted", contact, chair=chair).partner


def test_a_merge_renames_no_partner_that_has_people_of_its_own(cast, panel, known):
    entered = factories.make_partner(name="Aciers du Rhone SAS", legal_form="SAS", registered_in=cast.cluster)
    there = f"/admin/partners/partner/{entered.pk}/merge/{known.pk}/"
    assert "Keep it as the first of the two." in panel(MANAGER).post(there, {"name": "kept"}).text
    there = f"/admin/partners/partner/{known.pk}/merge/{entered.pk}/"
    page = panel(MANAGER).get(there).text
    assert "<dd>Aciers du Rhône</dd>" in page and 'name="name"' not in page
    values = {"name": "gone", "legal_form": "gone", "registered_office": "gone"}
    assert panel(MANAGER).post(there, values).status_code == 302
    known.refresh_from_db()
    assert (known.name, known.legal_form) == ("Aciers du Rhône", "")


def test_a_merge_lets_nobody_else_sign(cast, panel, known):
    other = factories.make_partner(name="Aciers du Rhone SAS", registered_in=cast.cluster)
    friend = factories.make_contact(other, factories.make_user("friend@example.org", name="Fay Friend"))
    there = f"/admin/partners/partner/{known.pk}/merge/{other.pk}/"
    page = panel(MANAGER).post(there, {}).text
    assert "Fay Friend would sign for “Aciers du Rhône” too" in page and not Merge.objects.exists()
    Contact.objects.filter(pk=friend.pk).update(is_signatory=False)
    assert panel(MANAGER).post(there, {}).status_code == 302
    assert not Contact.objects.get(pk=friend.pk).is_signatory


def test_one_that_took_over_the_other_is_another(panel):
    heir = factories.make_institution()
    late = factories.make_institution(successor=heir)
    there = f"/admin/clusters/institution/{heir.pk}/merge/{late.pk}/"
    assert "they are two" in panel(COORDINATOR).post(there, {}).text
    assert Institution.objects.filter(pk=late.pk).exists()
