"""Staff keep the outputs of their cluster's chairs: on a chair's page, in the list of all, and by the cluster's grant."""

import json

import pytest

from chairs.models import Output
from clusters.enums import Role
from tests.chairs.outputs.registry import recorded
from tests.factories import make_appointment, make_chair, make_cluster, make_person, make_staff
from tests.output_factory import make_output

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("field_history", "search_index")]
LIST, BY_REFERENCE = "/admin/chairs/output/", "/admin/chairs/output/by-reference/"
AT_ONCE = "/admin/lists/chairs/output/at-once/"


@pytest.fixture
def cluster():
    return make_cluster(anr_reference="ANR-23-IACL-0008")


@pytest.fixture
def chair(cluster):
    made = make_chair("active", cluster=cluster, with_pi=False)
    make_appointment(made, person=make_person(name="Ada Nombre"))
    return made


@pytest.fixture
def editor(client, cluster):
    user = make_staff(cluster, Role.EDITOR)
    client.force_login(user)
    return user


def test_an_editor_adds_to_a_chair_on_its_page_in_the_panel(client, chair, editor):
    url = f"/admin/chairs/chair/{chair.pk}/outputs/"
    assert url in client.get(f"/admin/chairs/chair/{chair.pk}/change/").text
    looked = client.post(url, {"pasted": "10.1000/182\nwrong"})
    assert "Line 2:" in looked.text and "Add 1 output" in looked.text
    done = client.post(url, {"plan": looked.context["signed"]}, follow=True)
    assert "1 output added." in done.text
    output = Output.objects.published().get()
    assert (output.doi, output.confirmed_by) == ("10.1000/182", editor)


def answer(client, verdict, *outputs):
    """Answer for these outputs as the page does: it first says for which this can be done."""
    page = client.post(AT_ONCE, {"act": verdict, "chosen": [output.pk for output in outputs]})
    stamps = {f"stamp-{line.record.pk}": line.stamp for line in page.context["able"]}
    chosen = [line.record.pk for line in page.context["able"]]
    done = client.post(AT_ONCE, {"act": verdict, "chosen": chosen, "mode": "all", **stamps}, follow=True)
    return page, done.text


def test_the_list_answers_many_at_once_and_shows_what_waits(client, chair, editor):
    ours, theirs = (make_output(chair, is_confirmed=False, title=title) for title in ("Ours", "Theirs"))
    before = make_output(chair, title="Confirmed before")
    assert [output.title for output in client.get(f"{LIST}?waiting=me").context["cl"].result_list] == ["Theirs", "Ours"]
    page, done = answer(client, "confirm", ours, before)
    assert [line.record for line in page.context["unable"]] == [before] and "This is its answer already." in page.text
    assert "Done to 1 record" in done
    answer(client, "set_aside", theirs)
    assert Output.objects.get(pk=ours.pk).confirmed_by == editor
    assert Output.objects.get(pk=theirs.pk).refused_by == editor
    assert client.get(f"{LIST}?answer=waiting").context["cl"].result_count == 0


def test_nobody_answers_for_another_cluster_and_readers_only_read(client, chair, editor):
    elsewhere = make_output(make_chair("active"), is_confirmed=False)
    assert client.post(AT_ONCE, {"act": "confirm", "chosen": elsewhere.pk}).context["able"] == []
    assert not Output.objects.get(pk=elsewhere.pk).confirmed_at
    assert client.get(f"{LIST}{elsewhere.pk}/change/").status_code == 404
    mine = make_output(chair, is_confirmed=False)
    client.force_login(make_staff(chair.cluster, Role.READER))
    assert "at-once-act" not in client.get(LIST).text
    assert client.post(AT_ONCE, {"act": "confirm", "chosen": mine.pk}).status_code == 400
    assert not Output.objects.get(pk=mine.pk).confirmed_at
    assert client.get(BY_REFERENCE).status_code == 403
    assert client.get(f"/admin/chairs/chair/{chair.pk}/outputs/").status_code == 403


def test_an_export_is_proposed_by_the_grant_and_waits(client, chair, editor, cluster):
    documents = json.loads(recorded("hal.json"))["response"]["docs"]
    other = {**documents[0], "halId_s": "hal-04099999", "doiId_s": "", "anrProjectReference_s": ["ANR-22-IACL-0008"]}
    looked = client.post(BY_REFERENCE, {"cluster": cluster.pk, "pasted": json.dumps([*documents, other])})
    assert "Propose 1 output" in looked.text and "Does not name the grant ANR-23-IACL-0008." in looked.text
    done = client.post(BY_REFERENCE, {"plan": looked.context["signed"]}, follow=True)
    assert "1 output added." in done.text
    output = Output.objects.waiting().get()
    assert (output.chair, output.hal_id, output.added_by) == (chair, "hal-04012345", editor)


def test_another_cluster_and_one_without_a_reference_are_refused(client, chair, editor, cluster):
    other = make_cluster(anr_reference="ANR-23-IACL-0001")
    assert "Select a valid choice" in client.post(BY_REFERENCE, {"cluster": other.pk, "pasted": "[]"}).text
    type(cluster).objects.filter(pk=cluster.pk).update(anr_reference="")
    assert "no ANR reference on record" in client.post(BY_REFERENCE, {"cluster": cluster.pk, "pasted": "[]"}).text


def test_an_editor_corrects_what_a_registry_states_and_a_wrong_doi_is_told(client, chair, editor):
    output = make_output(chair, title="A papier")
    url = f"{LIST}{output.pk}/change/"
    given = {"kind": "publication", "title": "A paper", "year": "2025", "doi": "0000-0002-1825-0097"}
    assert "is not a DOI: it is an ORCID iD" in client.post(url, given).text
    client.post(url, given | {"doi": "https://doi.org/10.1000/OTHER"})
    output.refresh_from_db()
    assert (output.title, output.doi, " a paper" in output.search_key) == ("A paper", "10.1000/other", True)
