"""A partner chooses what is published, and sees it as the public does."""

import struct
import zlib
from decimal import Decimal
from unittest.mock import Mock

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from sponsorships.models import Sponsorship
from sponsorships.publication import public_views
from sponsorships.published import band_of
from tests.days import TODAY, TOMORROW, YESTERDAY
from tests.factories import make_contact, make_sponsorship
from tests.figures.money import entered, silent_sponsorship
from tests.pictures import GPS, ORIENTATION, SECRET, TURNED, encoded, opened, picture
from tests.sponsorships.uploads import PNG, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("field_history")]


@pytest.fixture
def file():
    return make_sponsorship("accepted", make_contact(), cash_amount=Decimal("123911.00"))


def choose(file, user=None, **choice):
    client = Client()
    client.force_login(user or file.signatory.user)
    address = reverse("sponsorships:publication", args=[file.reference])
    typed = {"confidentiality": "public", "revision": now(file).revision, **choice}
    return client.post(address, typed, follow=True).content.decode()


def of_size(size):
    """Return a whole PNG file of so many bytes: a comment makes it as long."""
    comment = b"tEXt" + b"-" * (size - len(PNG) - 12)
    block = struct.pack(">I", len(comment) - 4) + comment + struct.pack(">I", zlib.crc32(comment))
    return PNG[:-12] + block + PNG[-12:]


def now(file):
    return Sponsorship.objects.get(pk=file.pk)


def test_a_contact_chooses_a_band_and_a_day_and_sees_both_sides_of_it(file):
    page = choose(file, confidentiality="band", named_from=TOMORROW().isoformat())
    assert "Your choice is saved." in page
    assert "Nothing at all: neither your name nor an amount." in page
    assert "€100,000 to €250,000" in page and "€123,911" not in page
    assert now(file).named_from == TOMORROW()


@pytest.mark.parametrize(("choice", "is_told"), [("band", True), ("name_only", False)])
def test_the_public_reads_a_band_where_one_was_chosen_and_beside_a_name_alone_none(choice, is_told):
    told = make_sponsorship("accepted", make_contact(), cash_amount=Decimal("23911.00"), confidentiality=choice)
    page = Client().get(reverse("sponsorships:partner_detail", args=[told.partner.slug])).text
    assert told.partner.name in page and str(told.chair) in page
    assert ("€10,000 to €50,000" in page) is is_told and "€23,911" not in page


def test_a_change_is_kept_in_the_files_life_with_what_it_was(file):
    choose(file, confidentiality="anonymous")
    line = now(file).transitions.get(verb="publish")
    assert line.by == file.signatory.user
    assert line.note == "Name and amount may be published → Neither name nor amount"
    assert now(file).history.first().confidentiality == "anonymous"


def test_the_same_choice_again_leaves_no_trace(file):
    choose(file)
    assert "Nothing has changed." in choose(file)
    assert not now(file).transitions.filter(verb="publish").exists()


def test_a_form_opened_before_is_told_that_the_proposal_changed(file):
    choose(file, confidentiality="anonymous")
    assert now(file).revision == file.revision + 1


@pytest.fixture
def stale(client, file):
    """A form that was opened before a colleague chose to stay unnamed."""
    client.force_login(file.signatory.user)
    address = reverse("sponsorships:publication", args=[file.reference])
    opened = client.get(address).context["form"]["revision"].value()
    choose(file, make_contact(file.partner).user, confidentiality="anonymous")
    return lambda revision=opened, **typed: client.post(address, {"revision": revision, **typed})


def test_a_stale_form_brings_no_name_back(file, stale):
    for revision in (file.revision, ""):
        answer = stale(revision=revision, confidentiality="public", named_from=TOMORROW().isoformat())
        assert answer.status_code == 409 and now(file).confidentiality == "anonymous"
    assert "It now reads: Neither name nor amount." in answer.text
    assert "Nothing at all: neither your name nor an amount." in answer.text
    assert f'value="{TOMORROW().isoformat()}"' in answer.text, "what was typed is kept"
    again = answer.context["form"]["revision"].value()
    stale(revision=again, confidentiality="public")
    assert now(file).confidentiality == "public", "who has read what stands may change it"


@pytest.mark.parametrize("choice", ["public", "band", "name_only"])
def test_a_stale_form_is_refused_whatever_it_chooses_and_however_often_the_choice_changed(file, stale, choice):
    assert stale(confidentiality=choice).status_code == 409
    Sponsorship.objects.filter(pk=file.pk).update(revision=10)
    assert stale(revision=9, confidentiality=choice).status_code == 409
    assert now(file).confidentiality == "anonymous"


def test_what_has_begun_is_shown_once_and_what_begins_tomorrow_apart(file):
    for day, days in ((YESTERDAY(), [TODAY()]), (TODAY(), [TODAY()]), (TOMORROW(), [TODAY(), TOMORROW()])):
        Sponsorship.objects.filter(pk=file.pk).update(confidentiality="public", named_from=day)
        views = public_views(now(file))
        assert [view["day"] for view in views] == days
        assert [view["is_named"] for view in views] == [day <= TODAY(), True][: len(days)]


def test_what_is_published_is_what_is_agreed_and_not_what_came_of_it():
    told = silent_sponsorship(confidentiality="public")
    for kind, amount, contribution in (
        ("agreed", "100.01", "cash"),
        ("invoiced", "7", "cash"),
        ("agreed", "50", "in_kind"),
        ("received", "20", "in_kind"),
        ("agreed", "3", "skills"),
    ):
        entered(told, kind, amount, "2026-01-01", contribution)
    found = Sponsorship.objects.filter(pk=told.pk).with_agreed().get()
    assert (found.agreed_cash, found.agreed_otherwise) == (Decimal("100.01"), Decimal("53"))


def test_an_amount_that_begins_tomorrow_is_not_said_today():
    told = make_sponsorship("accepted", make_contact(), cash_amount=Decimal("23911.00"), confidentiality="public")
    for day, is_told in ((TOMORROW(), False), (TODAY(), True), (YESTERDAY(), True)):
        Sponsorship.objects.filter(pk=told.pk).update(amount_from=day)
        page = Client().get(reverse("sponsorships:partner_detail", args=[told.partner.slug])).text
        assert told.partner.name in page and ("€23,911" in page) is is_told


def test_a_stale_form_that_says_the_same_changes_nothing(file, stale):
    assert stale(confidentiality="anonymous").status_code == 302
    assert now(file).transitions.filter(verb="publish").count() == 1


def test_a_stale_form_brings_no_logo(file, stale):
    assert stale(confidentiality="anonymous", logo=upload("logo.png", PNG)).status_code == 409
    assert not now(file).partner.logo
    choose(file, confidentiality="anonymous", logo=upload("logo.png", PNG))
    assert now(file).partner.logo


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("logo.png", b"MZ", "its content is not that of a PNG file"),
        ("logo.pdf", b"%PDF-1.4\n%%EOF", "A logo is a PNG or JPEG file."),
        ("logo.png", of_size(204_801), "A logo can be at most"),
        ("logo.png", encoded(picture(3_000, 3_000, "black", "1"), "PNG"), "it has more than 4 million pixels"),
    ],
)
def test_a_logo_that_is_none_is_refused_in_words(file, name, content, reason):
    assert reason in choose(file, shows_logo="on", logo=upload(name, content))
    assert not now(file).shows_logo


def test_a_logo_may_have_as_many_bytes_as_is_said(file):
    assert "Your choice is saved." in choose(file, shows_logo="on", logo=upload("logo.png", of_size(204_800)))
    # The comment that made it so long is left behind.
    assert 0 < now(file).partner.logo.size < 5_000


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_a_logo_is_published_without_what_else_its_file_says(file, form):
    image = picture(300, 200)
    notes, texts = image.getexif(), PngInfo()
    notes[ORIENTATION], notes.get_ifd(GPS)[1] = TURNED, SECRET.decode()
    texts.add_text("Author", SECRET.decode())
    texts.add_itxt("Comment", SECRET.decode())
    said = {"pnginfo": texts} if form == "PNG" else {"comment": SECRET, "xmp": b"<x>%s</x>" % SECRET}
    sent = encoded(image, form, exif=notes, **said) + SECRET
    assert sent.count(SECRET) == 4
    choose(file, shows_logo="on", logo=upload(f"logo.{form.lower()}", sent))
    served = Client().get(reverse("sponsorships:partner_logo", args=[file.partner.slug])).content
    assert SECRET not in served and b"Exif" not in served and b"eXIf" not in served
    # Upright, as the camera meant it.
    assert opened(served).format == form and opened(served).size == (200, 300)


def test_a_logo_keeps_what_shines_through(file):
    choose(file, shows_logo="on", logo=upload("logo.png", encoded(Image.new("RGBA", (20, 10), (9, 9, 9, 40)), "PNG")))
    served = Client().get(reverse("sponsorships:partner_logo", args=[file.partner.slug])).content
    assert opened(served).getpixel((5, 5)) == (9, 9, 9, 40)


def test_a_logo_that_is_damaged_within_is_refused(file):
    whole = encoded(Image.effect_noise((300, 200), 80), "PNG")
    half = len(whole) // 2
    page = choose(file, shows_logo="on", logo=upload("logo.png", whole[:half] + b"\0" * 500 + whole[half + 500 :]))
    assert "cannot be read to its end" in page and not now(file).partner.logo


@pytest.mark.parametrize("is_away", [False, True])
def test_a_logo_takes_the_place_of_the_one_before(file, is_away, monkeypatch, django_capture_on_commit_callbacks):
    choose(file, shows_logo="on", logo=upload("logo.png", PNG))
    old = now(file).partner.logo.name
    if is_away:
        monkeypatch.setattr(default_storage, "delete", Mock(side_effect=OSError("The store does not answer.")))
    with django_capture_on_commit_callbacks(execute=True):
        page = choose(file, shows_logo="on", logo=upload("logo.png", of_size(5_000)))
    # The nightly run removes a file that could not be: it is no reason to refuse the new one.
    assert "Your choice is saved." in page
    assert default_storage.exists(old) is is_away
    assert default_storage.exists(now(file).partner.logo.name) and now(file).partner.logo.name != old


def test_a_logo_is_served_as_an_image_that_runs_nothing(file):
    address = reverse("sponsorships:partner_logo", args=[file.partner.slug])
    assert Client().get(address).status_code == 404
    choose(file, shows_logo="on", logo=upload("logo.png", PNG))
    answer = Client().get(address)
    assert opened(answer.content).format == "PNG" and answer["Content-Type"] == "image/png"
    assert "sandbox" in answer["Content-Security-Policy"] and answer["X-Content-Type-Options"] == "nosniff"
    assert address in Client().get(reverse("sponsorships:partner_detail", args=[file.partner.slug])).content.decode()


def test_a_logo_stands_on_the_chair_s_page_while_the_partner_shows_it_there(file):
    for shown in ("on", ""):
        choose(file, shows_logo=shown, **({"logo": upload("logo.png", PNG)} if shown else {}))
        page = Client().get(file.chair.get_absolute_url()).text
        assert file.partner.name in page
        assert (reverse("sponsorships:partner_logo", args=[file.partner.slug]) in page) == bool(shown)


def test_a_logo_is_asked_for_where_none_is_kept(file):
    assert "Choose the file of your logo." in choose(file, shows_logo="on")


@pytest.mark.parametrize(
    ("amount", "band"),
    [
        (0, ""),
        (1, "less than €10,000"),
        (9_999, "less than €10,000"),
        (10_000, "€10,000 to €50,000"),
        (49_999, "€10,000 to €50,000"),
        (50_000, "€50,000 to €100,000"),
        (100_000, "€100,000 to €250,000"),
        (249_999, "€100,000 to €250,000"),
        (250_000, "€250,000 to €500,000"),
        (500_000, "€500,000 to €1,000,000"),
        (1_000_000, "€1,000,000 to €5,000,000"),
        (4_999_999, "€1,000,000 to €5,000,000"),
        (5_000_000, "€5,000,000 or more"),
    ],
)
def test_a_band_holds_its_amount(amount, band):
    assert band_of(amount) == band
