"""The import as a person meets it: from the list of people to the records, in the panel."""

import pytest
from django.urls import reverse

from clusters.models import Person
from core.models import ListExport
from imports.models import Import
from tests import factories
from tests.imports.workbooks import upload, workbook
from tests.personas import EDITOR, MANAGER, OTHER_MANAGER, READER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("whole_cast")]
ADD = "admin:imports_import_add"


def bring(client, *files, cluster):
    return client.post(reverse(ADD), {"cluster": cluster.pk, "uploads": list(files)}, follow=True)


def test_an_editor_brings_a_workbook_and_enters_it(client, cast, django_capture_on_commit_callbacks):
    client.force_login(cast[EDITOR])
    people_list = client.get(reverse("admin:clusters_person_changelist")).content.decode()
    assert reverse(ADD) in people_list and reverse(ADD) in client.get(reverse("admin:index")).content.decode()
    assert reverse("admin:imports_import_template", args=["people"]) in client.get(reverse(ADD)).content.decode()
    content = workbook(people=[["Name"], ["Grace Hopper"], ["Alan Turing"]])
    with django_capture_on_commit_callbacks(execute=True):
        page = bring(client, upload(content), cluster=cast.cluster).content.decode()
    assert "The files are waiting to be read." in page
    batch = Import.objects.get()
    there = reverse("admin:imports_import_change", args=[batch.pk])
    page = client.get(there).content.decode()
    assert "Ready to be entered" in page and "Grace Hopper" in page and "New" in page
    assert "Grace Hopper" not in client.get(f"{there}?outcome=refused").content.decode()
    assert "Grace Hopper" in client.get(f"{there}?outcome=created").content.decode()
    act = reverse("admin:imports_import_act", args=[batch.pk, "enter"])
    assert act in page and client.get(act).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        assert "Being entered" in client.post(act, follow=True).content.decode()
    assert Person.objects.filter(name="Alan Turing").exists()
    assert "Entered" in client.get(there).content.decode()
    kept = client.get(reverse("admin:imports_import_file", args=[batch.pk, batch.files.get().pk]))
    assert kept.content == content
    progress = client.get(reverse("admin:imports_import_progress", args=[batch.pk]))
    assert progress.headers["HX-Refresh"] == "true"


def test_what_would_now_be_something_else_than_was_shown_is_shown_again(
    client, cast, django_capture_on_commit_callbacks
):
    client.force_login(cast[EDITOR])
    sheet = [["Name", "ORCID iD"], ["Grace Hopper", "0000-0002-1825-0097"], ["Alan Turing", None]]
    with django_capture_on_commit_callbacks(execute=True):
        bring(client, upload(workbook(people=sheet)), cluster=cast.cluster)
    batch = Import.objects.get()
    assert set(batch.lines.values_list("outcome", flat=True)) == {"created"}
    # Registered meanwhile: the line would change her record.
    factories.make_person(name="Grace Hopper", registered_in=cast.cluster)
    there = reverse("admin:imports_import_change", args=[batch.pk])
    act = reverse("admin:imports_import_act", args=[batch.pk, "enter"])
    with django_capture_on_commit_callbacks(execute=True):
        client.post(act)
    page = client.get(there).text
    assert "Nothing was entered" in page and "Ready to be entered" in page
    assert not Person.objects.filter(name="Alan Turing").exists()
    assert sorted(batch.lines.values_list("outcome", flat=True)) == ["changed", "created"]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(act)
    assert Person.objects.filter(name="Alan Turing").exists()
    assert Person.objects.get(name="Grace Hopper").orcid == "0000-0002-1825-0097"
    assert "Nothing was entered" not in client.get(there).text


def test_a_line_says_all_that_cannot_be_read_at_once_and_the_page_leads_to_the_corrected_file(
    client, cast, django_capture_on_commit_callbacks
):
    client.force_login(cast[EDITOR])
    sheet = [["Title (English)", "Kind", "Ends on"], ["Proofs", "No such kind", "2029-02-30"]]
    with django_capture_on_commit_callbacks(execute=True):
        bring(client, upload(workbook(chairs=sheet)), cluster=cast.cluster)
    page = client.get(reverse("admin:imports_import_change", args=[Import.objects.get().pk])).text
    assert "No such kind" in page and "Enter a valid date." in page
    assert "Bring the corrected file" in page and reverse(ADD) in page


def test_files_that_are_none_are_refused_beside_the_field(client, cast):
    client.force_login(cast[EDITOR])
    page = bring(client, upload(b"hello", "notes.txt"), cluster=cast.cluster).content.decode()
    assert "notes.txt" in page and "is not an XLSX, CSV or PDF file" in page
    page = bring(client, upload(b"x"), cluster=cast.elsewhere).content.decode()
    assert "This is not one of the records that you can choose here." in page
    assert not Import.objects.exists()


def test_the_button_says_that_files_are_read_and_the_portfolio_is_beside_it(client, cast):
    client.force_login(cast[EDITOR])
    page = client.get(reverse(ADD)).content.decode()
    assert 'value="Read the files"' in page and 'value="Save"' not in page
    assert reverse("admin:imports_import_portfolio", args=[cast.cluster.slug]) in page


def test_another_tenant_sees_nothing_and_a_reader_brings_nothing(client, cast, django_capture_on_commit_callbacks):
    client.force_login(cast[EDITOR])
    with django_capture_on_commit_callbacks(execute=True):
        bring(client, upload(workbook(people=[["Name"], ["Grace Hopper"]])), cluster=cast.cluster)
    there = reverse("admin:imports_import_change", args=[Import.objects.get().pk])
    portfolio = reverse("admin:imports_import_portfolio", args=[cast.cluster.slug])
    client.force_login(cast[OTHER_MANAGER])
    assert client.get(there).status_code == client.post(portfolio).status_code == 404
    assert not ListExport.objects.exists()
    client.force_login(cast[READER])
    assert client.get(there).status_code == client.post(portfolio).status_code == 200
    taken = ListExport.objects.get()
    assert (taken.by, taken.list_of, taken.format) == (cast[READER], "clusters.cluster", "xlsx")
    assert cast.cluster.name in taken.filters and "People" in taken.columns and taken.rows > 0
    assert client.get(reverse(ADD)).status_code == 403
    assert reverse(ADD) not in client.get(reverse("admin:clusters_person_changelist")).content.decode()


def test_a_colleague_has_the_mistakes_told_in_their_own_language(client, cast, django_capture_on_commit_callbacks):
    client.force_login(cast[EDITOR])
    with django_capture_on_commit_callbacks(execute=True):
        bring(client, upload(workbook(people=[["Name", "Web page"], ["Ada", "nowhere"]])), cluster=cast.cluster)
    batch = Import.objects.get()
    there = reverse("admin:imports_import_change", args=[batch.pk])
    said = "Enter a valid URL."
    assert said in client.get(there).text and 'lang="en">' not in client.get(there).text.partition("lines-heading")[2]
    client.force_login(cast[MANAGER])
    client.cookies["django_language"] = "fr"
    page = client.get(there).text
    assert '<td lang="en">' in page and said in page and "Vérifiez-les de nouveau" in page
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("admin:imports_import_act", args=[batch.pk, "check"]))
    page = client.get(there).text
    assert "URL valide" in page and said not in page and "Vérifiez-les de nouveau" not in page
