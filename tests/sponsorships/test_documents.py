"""Supporting documents: kept as soon as they arrive, checked, handed to those who see the proposal."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.urls import reverse

from core.uploads import MAX_UPLOAD_SIZE
from sponsorships.models import Sponsorship, SupportingDocument
from sponsorships.proposals.documents import MAX_DOCUMENTS
from tests.factories import PDF, make_chair, make_contact, make_document, make_sponsorship, make_staff
from tests.sponsorships.forms import proposal
from tests.sponsorships.uploads import PNG, docx, upload
from tests.verbs import perform

pytestmark = pytest.mark.django_db


@pytest.fixture
def contact(client):
    contact = make_contact()
    client.force_login(contact.user)
    return contact


def post(client, file, *uploads, **typed):
    """Post the form of a saved proposal, as it stands, with files."""
    file = Sponsorship.objects.get(pk=file.pk)
    values = proposal(reference=str(file.reference), revision=str(file.revision), signatory=str(file.signatory_id))
    address = reverse("sponsorships:edit", args=[file.reference])
    return client.post(address, {**values, "act": "attach", "documents": uploads, **typed})


def names(file) -> list[str]:
    return [document.name for document in file.documents.current()]


def test_a_file_is_kept_though_a_field_is_wrong_and_is_still_listed(client, contact):
    file = make_sponsorship(contact=contact)
    page = post(client, file, upload("Devis.pdf"), cash_amount="a lot", act="save")
    assert page.status_code == 200
    assert "Write the amount in figures" in page.text
    assert "Devis.pdf" in page.text
    assert names(file) == ["Devis.pdf"]


def test_adding_without_having_chosen_a_file_is_answered(client, contact):
    page = post(client, make_sponsorship(contact=contact))
    assert page.status_code == 200 and "Nothing was added: choose a file first." in page.text


def test_a_first_form_brings_its_files_along(client, contact):
    chair = make_chair("active")
    address = reverse("sponsorships:new", args=[chair.cluster.slug, chair.slug])
    client.post(address, {**proposal(), "documents": [upload("A.pdf"), upload("B.docx", docx())]})
    assert names(Sponsorship.objects.get()) == ["A.pdf", "B.docx"]


def test_a_double_click_keeps_a_file_once(client, contact):
    chair = make_chair("active")
    address, typed = reverse("sponsorships:new", args=[chair.cluster.slug, chair.slug]), proposal()
    for _click in range(2):
        assert client.post(address, {**typed, "documents": [upload()]}).status_code == 302
    assert names(Sponsorship.objects.get()) == ["Description.pdf"]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("run.exe", b"MZ", "it is not a PDF, DOCX, ODT, PNG or JPEG file"),
        ("page.pdf", b"<html>", "its content is not that of a PDF file"),
        ("picture.pdf", PNG, "its content is PNG. Give it a name that ends with .png."),
        ("nothing.pdf", b"", "it is empty"),
        ("huge.pdf", PDF + b"0" * MAX_UPLOAD_SIZE, "it is larger than 10.0"),
    ],
)
def test_a_wrong_file_gets_a_sentence_and_the_right_one_is_kept(client, contact, name, content, sentence):
    file = make_sponsorship(contact=contact)
    page = post(client, file, upload(name, content), upload("right.pdf"))
    assert page.status_code == 200
    assert f"“{name}” was not added" in page.text
    assert sentence in page.text
    assert names(file) == ["right.pdf"]


def test_too_many_files_get_a_sentence(client, contact):
    file = make_sponsorship(contact=contact)
    page = post(client, file, *(upload(f"{number}.pdf", PDF + b"%d" % number) for number in range(15)))
    assert "a proposal can have at most 5 documents" in page.text
    assert "too many files came at once" in page.text
    assert len(names(file)) == MAX_DOCUMENTS


def test_an_unsent_file_is_erased_when_taken_out(client, contact, django_capture_on_commit_callbacks):
    file = make_sponsorship(contact=contact)
    document, other = make_document(file), make_document(file)
    assert default_storage.exists(document.file.name)
    with django_capture_on_commit_callbacks(execute=True):
        page = post(client, file, act="", take_out=str(document.pk))
    assert page.status_code == 302
    assert SupportingDocument.objects.get() == other and default_storage.exists(other.file.name)
    assert not default_storage.exists(document.file.name)


def test_a_file_that_was_sent_stays_on_record_when_taken_out(client, contact):
    file = make_sponsorship("in_review", contact)
    document = make_document(file, sent_at=file.submitted_at)
    perform(file, "request_changes", by=make_staff(file.chair.cluster), note="Another one?")
    post(client, file, act="", take_out=str(document.pk))
    assert names(file) == []
    assert client.get(document.get_absolute_url()).content == PDF


def test_nobody_takes_out_what_was_sent(client, contact):
    file = make_sponsorship("submitted", contact)
    document = make_document(file)
    post(client, file, upload("late.pdf"), take_out=str(document.pk))
    assert names(file) == [document.name]


def test_another_proposals_document_stays(client, contact):
    mine, other = make_sponsorship(contact=contact), make_document(make_sponsorship())
    for nonsense in (str(other.pk), "x", "9" * 40, "-1"):
        assert post(client, mine, act="", take_out=nonsense).status_code == 302
    assert SupportingDocument.objects.get() == other


def test_a_change_of_documents_must_be_read_again_before_sending(client, contact):
    file = make_sponsorship(contact=contact)
    seen = file.revision
    post(client, file, upload())
    answer = client.post(reverse("sponsorships:submit", args=[file.reference]), {"revision": seen}, follow=True)
    assert "has changed since you opened this page" in answer.text
    assert Sponsorship.objects.get(pk=file.pk).status == "draft"


def test_it_is_a_download_of_its_own_type_and_never_a_page(client, contact):
    document = make_document(make_sponsorship(contact=contact), name='Étude "finale".pdf')
    answer = client.get(document.get_absolute_url())
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment; filename")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    assert answer.content == PDF


def test_a_rival_finds_nothing(client):
    document = make_document(make_sponsorship("in_review"))
    client.force_login(make_contact().user)
    assert client.get(document.get_absolute_url()).status_code == 404
    client.force_login(document.sponsorship.signatory.user)
    assert client.get(document.get_absolute_url()).status_code == 200


def test_the_summary_before_sending_lists_the_files(client, contact):
    file = make_sponsorship(contact=contact)
    document = make_document(file)
    assert document.name in client.get(reverse("sponsorships:submit", args=[file.reference])).text


def test_bytes_lie_outside_static_under_a_random_name():
    document = make_document(make_sponsorship(), name="Secret plan.pdf")
    path = Path(document.file.path)
    assert path.is_relative_to(settings.MEDIA_ROOT)
    assert not path.is_relative_to(settings.STATIC_ROOT)
    assert "Secret" not in path.name
    assert not path.suffix
