"""Every public surface is asked for what a partner keeps to itself: nowhere before its day, and there from it on."""

import io
import re
import zipfile
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from sponsorships.models import Sponsorship
from tests import factories
from tests.days import TOMORROW, as_of_now
from tests.matrix.rows import ROWS
from tests.matrix.visits import address, look
from tests.personas import ANONYMOUS
from tests.sponsorships.uploads import PNG
from tests.verbs import perform

pytestmark = [pytest.mark.django_db, pytest.mark.exhaustive, pytest.mark.usefixtures("search_index")]
NAME = "Zephyrine Bocage"
AMOUNT, TARGET = Decimal("73911.00"), Decimal("100000.00")
# The amount, and the rest of the activity's target, which tells it too: however thousands are separated.
TELLING = [re.compile(rf"{thousands}(\D{{0,6}}){rest}") for thousands, rest in ((73, 911), (26, "089"))]
# Beside every address of the matrix: those that ask for this very partner.
ASKING = [
    ("chairs:list", [], "?q=zephyrine"),
    ("chairs:suggestions", [], "?q=zephyrine"),
    ("chairs:person_list", [], "?q=zephyrine"),
    ("sponsorships:partner_list", [], "?q=zephyrine"),
    ("sponsorships:partner_detail", ["zephyrine"], ""),
    ("sponsorships:partner_logo", ["zephyrine"], ""),
    ("sponsorships:support", [], "?q=zephyrine&budget=73911"),
    ("sponsorships:support", [], "?q=fertile&budget=26089"),
    ("sitemap_section", ["partners"], ""),
    ("figures:public", [], "?on=2040-01-01"),
    ("figures:public_export", ["csv"], "?on=2040-01-01"),
    ("figures:figure", ["map"], "?on=2040-01-01"),
    ("figures:figure", ["partners-money"], "?on=2040-01-01"),
    ("figures:figure_export", ["leverage", "json"], "?on=2040-01-01"),
    ("figures:figure_export", ["quarters", "csv"], "?on=2040-01-01"),
    ("figures:public_entries", [], "?partner=zephyrine"),
    ("figures:public_entries", [], "?on=2040-01-01&figure=agreed"),
    ("figures:public_entries_export", ["csv"], ""),
    ("figures:public_entries_export", ["xlsx"], ""),
    ("chairs:opportunities", [], ""),
]


@pytest.fixture
def file(world):
    partner = factories.make_partner(name=NAME, slug="zephyrine")
    partner.logo_kind = "png"
    partner.logo.save("logo.png", ContentFile(PNG))
    chair = factories.make_chair("active", cluster=world.cluster, title_en="Fertile machines")
    activity = factories.make_activity(chair, target=TARGET)
    contact = factories.make_contact(partner)
    return factories.make_running(contact=contact, chair=chair, activity=activity, cash_amount=AMOUNT, shows_logo=True)


def choose(file, **choice):
    Sponsorship.objects.filter(pk=file.pk).update(**choice)


def surfaces(world, file) -> dict[str, str]:
    """Return what a visitor reads at every public address, in both languages."""
    found = {}
    for language in ("en", "fr"):
        for row in ROWS:
            if row.get[ANONYMOUS] == 200:
                there = address(row, world, language)
                found[there] = look(world, ANONYMOUS, there).response
        with translation.override(language):
            asked = [reverse(name, args=args) + query for name, args, query in ASKING]
            asked += [file.chair.get_absolute_url(), file.chair.cluster.get_absolute_url()]
        for there in asked:
            found[there] = Client().get(there)
    return {there: written(response) for there, response in found.items() if response.status_code == 200}


def written(response) -> str:
    """Return the words of a response: those inside a workbook too, and markup and entities out of the way."""
    content = b"".join(response) if response.streaming else response.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b"".join(book.read(name) for name in book.namelist())
    return content.decode(errors="replace")


def tell(texts, *patterns):
    return {there for there, text in texts.items() if any(re.search(pattern, text) for pattern in patterns)}


# What was typed into a search comes back in its form: the addresses that ask for the name hold it for that reason.
def names(texts):
    return tell(texts, NAME)


def test_before_the_day_no_public_surface_tells_the_name_or_the_amount(world, file):
    choose(file, named_from=TOMORROW())
    texts = surfaces(world, file)
    assert len(texts) > 60
    assert names(texts) == set()
    assert tell(without_budgets(texts), *TELLING) == set()
    assert tell(texts, "partners/zephyrine") == set()


def without_budgets(texts):
    return {there: text for there, text in texts.items() if "budget=" not in there}


def test_from_the_day_on_the_public_reads_name_and_amount_where_sponsors_stand(world, file):
    choose(file, named_from=timezone.localdate())
    texts = surfaces(world, file)
    for language in ("en", "fr"):
        named = names(texts)
        assert {f"/{language}/partners/", f"/{language}/partners/zephyrine/"} <= named
        assert {f"/{language}/figures/entries/?partner=zephyrine", f"/{language}/figures/entries.csv"} <= named
        assert f"/{language}/partners/zephyrine/" in tell(texts, *TELLING)
        assert f"/{language}/partners/zephyrine/logo/" in texts
    assert tell(texts, "partners/zephyrine") >= {"/sitemap-partners.xml"}


@pytest.mark.parametrize(
    "choice",
    [
        {"confidentiality": "name_only"},
        {"confidentiality": "band"},
        {"confidentiality": "public", "amount_from": TOMORROW},
        {"confidentiality": "anonymous"},
    ],
    ids=str,
)
def test_an_amount_kept_private_can_be_read_nowhere(world, file, choice):
    choose(file, **as_of_now(choice))
    texts = surfaces(world, file)
    assert tell(without_budgets(texts), *TELLING) == set()
    assert bool(names(texts)) == (choice["confidentiality"] != "anonymous")


def test_an_agreement_that_names_another_activity_tells_no_private_amount_there(world, file):
    choose(file, confidentiality="anonymous")
    other = factories.make_activity(file.chair, target=TARGET)
    manager = factories.make_staff(file.chair.cluster)
    perform(factories.make_agreement(file, by=manager, activity=other), "record", by=manager)
    assert other.entries.exists()
    assert tell(without_budgets(surfaces(world, file)), *TELLING) == set()


def test_a_band_says_between_which_sums_the_amount_lies(world, file):
    choose(file, confidentiality="band")
    assert "€50,000 to €100,000" in Client().get("/en/partners/zephyrine/").content.decode()


def test_no_offer_finds_out_what_an_activity_still_needs(file):
    choose(file, confidentiality="name_only")
    draft = factories.make_sponsorship("draft", chair=file.chair, activity=file.activity)
    client, warned = Client(), set()
    client.force_login(draft.created_by)
    for cash in (26_089, 26_090, 100_000, 100_001):
        Sponsorship.objects.filter(pk=draft.pk).update(cash_amount=cash)
        if "You offer" in client.get(draft.get_absolute_url()).text:
            warned.add(cash)
    assert warned == {100_001}, "more than the target, which is public"


def test_an_offer_of_more_than_is_left_is_sent_like_any_other(file):
    choose(file, confidentiality="anonymous")
    draft = factories.make_sponsorship("draft", chair=file.chair, activity=file.activity, cash_amount=99_000)
    client = Client()
    client.force_login(draft.created_by)
    address = reverse("sponsorships:submit", args=[draft.reference])
    page = client.post(address, {"revision": draft.revision}, follow=True)
    assert Sponsorship.objects.get(pk=draft.pk).status == "submitted"
    assert not tell({"": page.text}, *TELLING)
