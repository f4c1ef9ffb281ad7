"""Staff begin agreements, write their terms and their schedule as drafts, and take them through their life."""

import re
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from core.models.mail import OutgoingMail
from sponsorships.enums import AgreementPath
from sponsorships.models import Agreement
from tests import factories
from tests.sponsorships.admin import money
from tests.sponsorships.admin.money import AGREEMENTS, SPONSORSHIPS, draft_data, verb_url
from tests.sponsorships.agreements.papers import drafted
from tests.sponsorships.uploads import PNG
from tests.verbs import perform

pytestmark = pytest.mark.django_db


@pytest.fixture
def accepted(sign_in_as):
    """An accepted sponsorship; the manager of its cluster is signed in."""
    sponsorship = money.accepted()
    sponsorship.manager = sign_in_as("manager", sponsorship.chair.cluster)
    return sponsorship


@pytest.fixture
def draft(accepted):
    return factories.make_agreement(accepted, by=accepted.manager, parts=[])


def begin(sponsorship, way) -> str:
    return f"{SPONSORSHIPS}{sponsorship.pk}/agreement/{way}/"


def page_of(agreement) -> str:
    return f"{AGREEMENTS}{agreement.pk}/change/"


@pytest.mark.parametrize("way", AgreementPath.values)
def test_an_agreement_is_begun_from_the_sponsorship_once(client, accepted, way):
    page = client.get(f"{SPONSORSHIPS}{accepted.pk}/change/").content.decode()
    assert begin(accepted, way) in page
    assert client.get(begin(accepted, way)).status_code == 200
    assert not accepted.agreements.exists(), "GET never writes"
    answer = client.post(begin(accepted, way))
    agreement = accepted.agreements.get()
    assert answer.headers["Location"] == page_of(agreement)
    assert (agreement.path, agreement.cash_amount) == (way, accepted.cash_amount)
    assert client.get(page_of(agreement)).status_code == 200
    again = client.post(begin(accepted, way))
    assert "is still being prepared or signed" in again.content.decode()
    assert accepted.agreements.count() == 1


@pytest.mark.parametrize(("role", "code"), [("reader", 403), ("editor", 403), ("finance", 403)])
def test_only_managers_begin_one(client, accepted, sign_in_as, role, code):
    sign_in_as(role, accepted.chair.cluster)
    assert client.get(begin(accepted, "generated")).status_code == code
    assert client.post(begin(accepted, "generated")).status_code == code
    assert "Managers of the chair" in client.get(f"{SPONSORSHIPS}{accepted.pk}/change/").content.decode()
    assert not accepted.agreements.exists()


def test_elsewhere_it_is_not_there_and_an_unknown_way_neither(client, accepted, sign_in_as):
    assert client.post(begin(accepted, "oral")).status_code == 404
    sign_in_as("manager", factories.make_cluster())
    assert client.post(begin(accepted, "generated")).status_code == 404
    client.logout()
    assert client.post(begin(accepted, "generated")).status_code == 302
    assert not accepted.agreements.exists()
    sign_in_as("manager", accepted.chair.cluster)
    client.post(begin(accepted, "generated"))
    assert accepted.agreements.count() == 1


def test_the_partners_contacts_are_offered_as_who_signed_elsewhere(client, accepted):
    contact = accepted.partner.contacts.get()
    line = f"{contact.user.name}, {contact.job_title or 'signatory'}"
    factories.make_contact(accepted.partner, user=factories.make_user(name="Not Admitted"), state="requested")
    agreement = factories.make_agreement(accepted, by=accepted.manager, parts=[], path=AgreementPath.ELSEWHERE)
    page = client.get(page_of(agreement)).content.decode()
    assert f'name="added_signers" value="{line}"' in page and "Not Admitted" not in page
    assert client.post(page_of(agreement), {**draft_data(agreement), "added_signers": line}).status_code == 302
    kept = Agreement.objects.get(pk=agreement.pk)
    assert kept.signatories.splitlines() == ["A. Person, director", line]
    # Sent twice, it is there once, and offered no more.
    assert client.post(page_of(agreement), {**draft_data(agreement), "added_signers": line}).status_code == 302
    assert Agreement.objects.get(pk=agreement.pk).signatories == kept.signatories
    assert f'value="{line}"' not in client.get(page_of(agreement)).content.decode()


def test_what_is_not_accepted_yet_has_no_agreement(client, sign_in_as):
    pending = factories.make_sponsorship("in_review")
    sign_in_as("manager", pending.chair.cluster)
    assert "only an accepted or active one" in client.post(begin(pending, "generated")).content.decode()


def test_terms_and_schedule_are_written_by_hand_on_one_page(client, draft):
    rows = [("20,000.01", "2027-01-01"), ("29,999.99", "2027-04-01")]
    assert client.post(page_of(draft), draft_data(draft, rows)).status_code == 302
    assert [row.amount for row in draft.instalments.all()] == [Decimal("20000.01"), Decimal("29999.99")]
    assert "add up to the cent" in client.get(page_of(draft)).content.decode()
    client.post(page_of(draft), draft_data(draft, rows[:1]))
    assert [(row.number, row.amount) for row in draft.instalments.all()] == [(1, Decimal("20000.01"))]
    assert "The instalments are €29,999.99 short of what is agreed." in client.get(page_of(draft)).content.decode()


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (("a lot", "2027-01-01"), "Write the amount in figures"),
        (("10", ""), "Enter the planned date"),
        (("0", "2027-01-01"), "greater than or equal to 0.01"),
        (("", "2027-01-01"), "This field is required"),
    ],
)
def test_a_wrong_row_is_said_beside_it_and_nothing_is_saved(client, draft, row, sentence):
    page = client.post(page_of(draft), draft_data(draft, [("5", "2027-01-01"), row], other_parties="Somebody"))
    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert not draft.instalments.exists()
    assert Agreement.objects.get(pk=draft.pk).other_parties == ""


def test_a_schedule_is_proposed_to_the_cent(client, draft):
    there = f"{AGREEMENTS}{draft.pk}/schedule/"
    assert client.get(there).status_code == 200
    assert not draft.instalments.exists()
    assert client.post(there, {"parts": "3", "first": "2027-02-10"}).status_code == 302
    planned = [(str(row.amount), row.due_on.isoformat()) for row in draft.instalments.all()]
    assert planned == [("16666.67", "2027-04-01"), ("16666.67", "2027-07-01"), ("16666.66", "2027-10-01")]


@pytest.mark.parametrize("said", [{"parts": "0"}, {"parts": "121"}, {"parts": "many"}, {"first": "soon"}])
def test_a_nonsensical_proposal_changes_nothing(client, draft, said):
    page = client.post(f"{AGREEMENTS}{draft.pk}/schedule/", {"parts": "3", "first": "2027-02-10", **said})
    assert page.status_code == 200 and 'class="errorlist"' in page.text
    assert not draft.instalments.exists()


def test_what_is_signed_is_read_only_and_its_schedule_too(client, running, sign_in_as):
    sign_in_as("manager", running.chair.cluster)
    agreement = running.agreements.get()
    page = client.get(page_of(agreement)).content.decode()
    assert "You can only read this agreement" in page
    assert "Instalment 2" in page
    assert client.post(page_of(agreement), draft_data(agreement)).status_code == 403
    there = f"{AGREEMENTS}{agreement.pk}/schedule/"
    assert "is no longer a draft" in client.post(there, {"parts": "3", "first": "2027-02-10"}).content.decode()
    assert running.instalments.count() == 2


@pytest.mark.parametrize("role", ["reader", "editor", "finance"])
def test_other_roles_read_a_draft(client, draft, sign_in_as, role):
    sign_in_as(role, draft.sponsorship.chair.cluster)
    assert client.get(page_of(draft)).status_code == 200
    assert client.post(page_of(draft), draft_data(draft)).status_code == 403
    assert client.post(f"{AGREEMENTS}{draft.pk}/schedule/", {"parts": "3", "first": "2027-02-10"}).status_code == 403
    assert client.post(verb_url(AGREEMENTS, draft, "void"), {"note": "x"}).status_code == 403


def upload(name, content):
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def test_the_signed_document_is_kept_and_handed_over_as_a_download(client, draft):
    there = f"/en/my/agreements/{draft.reference}/document/"
    newer = factories.PDF + b"\n%newer\n%%EOF\n"
    assert client.post(page_of(draft), draft_data(draft, document=upload("signed.pdf", newer))).status_code == 302
    assert there in client.get(page_of(draft)).content.decode()
    answer = client.get(there)
    assert answer.content == newer
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    client.force_login(factories.make_staff(factories.make_cluster()))
    assert client.get(there).status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("signed.pdf", b"hello", "content is not that of a PDF file"),
        ("signed.exe", factories.PDF, "is not a PDF, DOCX"),
        ("photo.png", PNG, "kept as a PDF"),
        ("signed.pdf", factories.PDF + b" " * (10 * 1024 * 1024), "larger than"),
    ],
)
def test_what_is_no_signed_document_is_refused(client, draft, settings, name, content, sentence):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * len(content)  # no temporary file for what is not read
    before = draft.file.name
    page = client.post(page_of(draft), draft_data(draft, document=upload(name, content)))
    assert sentence in page.content.decode()
    assert Agreement.objects.get(pk=draft.pk).file.name == before


def test_a_record_of_elsewhere_cannot_be_chosen(client, draft):
    other = factories.make_sponsorship("accepted")
    for field, value in {
        "activity": factories.make_activity(other.chair).pk,
        "managing_institution": 10**6,
    }.items():
        page = client.post(page_of(draft), draft_data(draft, **{field: value}))
        assert field in page.context["adminform"].form.errors
    assert client.post(page_of(draft), draft_data(draft)).status_code == 302


def test_recording_puts_it_in_force_and_the_sponsorship_starts(client, accepted, draft):
    recording = verb_url(AGREEMENTS, draft, "record")
    assert "must be equal to the cent" in client.get(recording).content.decode()
    client.post(page_of(draft), draft_data(draft, [("50,000", "2027-01-01")]))
    assert client.post(recording).status_code == 302
    assert Agreement.objects.get(pk=draft.pk).status == "recorded"
    start = verb_url(SPONSORSHIPS, accepted, "activate")
    assert client.get(start).status_code == 200
    assert client.post(start).status_code == 302
    assert type(accepted).objects.get(pk=accepted.pk).status == "active"


def test_a_draft_is_made_void_with_a_reason(client, draft):
    there = verb_url(AGREEMENTS, draft, "void")
    assert "Say why" in client.post(there, {"note": ""}).content.decode()
    assert client.post(there, {"note": "Begun twice."}).status_code == 302
    assert "while the status is" in client.post(there, {"note": "Again."}).content.decode()


def test_nobody_signs_for_a_partner_from_here(client, draft):
    assert client.get(verb_url(AGREEMENTS, draft, "record")).status_code == 200
    assert client.get(verb_url(AGREEMENTS, draft, "sign")).status_code == 404
    assert client.post(verb_url(AGREEMENTS, draft, "sign"), {"name": "Me"}).status_code == 404


def test_an_amendment_shows_before_and_after(client, running, sign_in_as):
    manager = sign_in_as("manager", running.chair.cluster)
    amendment = factories.make_agreement(running, by=manager, cash_amount=Decimal("60000.00"))
    page = client.get(page_of(amendment)).content.decode()
    assert "<del>€50,000</del>" in page
    assert "<ins>€60,000</ins>" in page
    assert "Reason for the amendment" in page
    perform(amendment, "record", by=factories.make_staff(running.chair.cluster))
    instalment = running.instalments.first()
    text = client.get(f"/admin/sponsorships/instalment/{instalment.pk}/change/").content.decode()
    assert "Rescheduled" in text


@pytest.mark.exhaustive(counted=True)
def test_an_agreement_signed_here_goes_from_draft_to_force(client, sign_in_as):
    draft = drafted()
    sign_in_as("manager", draft.sponsorship.chair.cluster)
    assert "Preview of the document" in client.get(page_of(draft)).content.decode()
    assert client.post(verb_url(AGREEMENTS, draft, "issue")).status_code == 302
    countersigning = verb_url(AGREEMENTS, draft, "countersign")
    assert "The partner signs first" in client.get(countersigning).content.decode()
    assert "1 agreement needs to be countersigned" not in client.get("/admin/").content.decode()
    signed = {"name": "Ada Partner", "code_confirmed_at": timezone.now()}
    perform(draft, "sign", by=draft.signatory.user, details=signed)
    assert "1 agreement needs to be countersigned" in client.get("/admin/").content.decode()
    assert client.post(f"{page_of(draft).removesuffix('change/')}code/").status_code == 302
    code = OutgoingMail.objects.filter(occasion="agreements/code").latest("pk").text
    typed = {"name": "Max Manager", "code": re.search(r"^[0-9]{6}$", code, re.MULTILINE).group()}
    assert "Type your name" in client.post(countersigning, {**typed, "name": " "}).content.decode()
    assert "A name must contain letters" in client.post(countersigning, {**typed, "name": "12"}).content.decode()
    for wrong, sentence in {
        "": "Enter the six digits",
        "12": "six digits",
        "000000": "not the code of the last",
    }.items():
        assert sentence in client.post(countersigning, {**typed, "code": wrong}).content.decode()
    assert Agreement.objects.get(pk=draft.pk).status == "awaiting"
    assert client.post(countersigning, typed).status_code == 302
    signed = Agreement.objects.get(pk=draft.pk)
    assert signed.status == "signed"
    assert [(one.name, one.address) for one in signed.signatures.all()][1] == ("Max Manager", "127.0.0.1")
    page = client.get(page_of(draft)).content.decode()
    assert "The signature page" in page and "Ada Partner" in page
    assert "while the status is" in client.post(countersigning, typed).content.decode()
