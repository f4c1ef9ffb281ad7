"""What was sent is kept as it was sent, and staff read what changed between two sendings."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import translation

from sponsorships.models import Sponsorship
from sponsorships.proposals.submissions import changes, last_two
from tests import factories
from tests.factories import make_document
from tests.personas import MANAGER, PARTNER, PI
from tests.verbs import perform

pytestmark = pytest.mark.database


@pytest.fixture
def resubmitted(cast):
    """A proposal sent, sent back, changed in every sort of field, and sent again."""
    activity = factories.make_activity(cast.chair, title_en="Touch", title_fr="Le toucher")
    file = factories.make_sponsorship(contact=cast.contact(PARTNER), chair=cast.chair, cash_amount=Decimal("120000"))
    perform(file, "submit", by=cast[PARTNER])
    perform(file, "review", by=cast[MANAGER])
    perform(file, "request_changes", by=cast[MANAGER], note="Less, please.")
    file = Sponsorship.objects.get(pk=file.pk)
    file.activity, file.cash_amount, file.is_cifre = activity, Decimal("90000.50"), True
    file.ends_on, file.confidentiality = datetime.date(2028, 12, 31), "anonymous"
    file.save()
    make_document(file, name="Offer.pdf", size=2048)
    perform(file, "resubmit", by=cast[PARTNER])
    return file


def test_each_sending_is_kept_with_its_number_who_and_when(cast, resubmitted):
    kept = list(resubmitted.submissions.all())
    assert [one.number for one in kept] == [1, 2]
    assert {one.by for one in kept} == {cast[PARTNER]}
    assert kept[0].data["cash_amount"] == "120000.00"
    assert [one["name"] for one in kept[1].data["documents"]] == ["Offer.pdf"]
    assert resubmitted.documents.get().sent_at is not None


def test_a_submission_is_never_changed_nor_deleted(resubmitted):
    kept = resubmitted.submissions.first()
    with pytest.raises(TypeError, match="never changed"):
        kept.save()
    with pytest.raises(TypeError, match="never deleted"):
        kept.delete()


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            {
                "activity": ("—", "Touch"),
                "includes a Cifre thesis": ("no", "yes"),
                "cash (€)": ("€120,000", "€90,000.50"),
                "until": ("31 December 2029", "31 December 2028"),
                "what the public may see": ("Name and amount may be published", "Neither name nor amount"),
                "supporting documents": ("—", "Offer.pdf (2.0 KB)"),
            },
        ),
        ("fr", {"activité": ("—", "Le toucher"), "numéraire (€)": ("120\u202f000\xa0€", "90\u202f000,50\xa0€")}),
    ],
)
def test_changes_are_read_as_a_person_says_them(resubmitted, language, expected):
    with translation.override(language):
        found = {
            change.label: (change.before, change.after)
            for change in changes(*(one.data for one in last_two(resubmitted)))
        }
    found = {label: tuple(text.replace("2.0\xa0KB", "2.0 KB") for text in pair) for label, pair in found.items()}
    assert expected.items() <= found.items()
    assert len(found) == 6


@pytest.mark.exhaustive(counted=True)
def test_staff_the_partner_and_the_investigator_read_them(client, cast, resubmitted):
    for who in (PARTNER, PI, MANAGER):
        client.force_login(cast[who])
        text = client.get(resubmitted.get_absolute_url()).text
        assert "What changed since the last time" in text
        assert "€120,000" in text
        assert "€90,000.50" in text
    for page in ("change", "verb"):
        args = [resubmitted.pk] + (["accept"] if page == "verb" else [])
        assert "€120,000" in client.get(reverse(f"admin:sponsorships_sponsorship_{page}", args=args)).text


def test_a_proposal_sent_once_has_nothing_to_compare(client, cast):
    file = factories.make_sponsorship(contact=cast.contact(PARTNER), chair=cast.chair)
    perform(file, "submit", by=cast[PARTNER])
    client.force_login(cast[MANAGER])
    for address in (file.get_absolute_url(), reverse("admin:sponsorships_sponsorship_change", args=[file.pk])):
        text = client.get(address).text
        assert "Better forecasts." in text and "What changed" not in text


def test_markup_in_what_changed_is_text(client, cast, resubmitted):
    perform(resubmitted, "request_changes", by=cast[MANAGER], note="Once more.")
    file = Sponsorship.objects.get(pk=resubmitted.pk)
    file.purpose = "<script>alert(1)</script>"
    file.save()
    perform(file, "resubmit", by=cast[PARTNER])
    client.force_login(cast[MANAGER])
    text = client.get(file.get_absolute_url()).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text.partition("What changed since the last time")[2]
    assert "<script>alert(1)" not in text
