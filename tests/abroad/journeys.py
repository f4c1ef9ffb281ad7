"""Another country's programme, read in a third language. Not collected by itself: test_abroad.py starts a run with its settings."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from clusters.enums import Role
from clusters.models import Cluster
from core.models import OutgoingMail
from sponsorships.models import Sponsorship
from tests import factories
from tests.abroad.pages import hard_wired, known_texts
from tests.abroad.pseudo import ACCENTS, OPEN
from tests.sponsorships.forms import proposal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_index", "field_history")]
PUBLIC = [
    "",
    "clusters/",
    "clusters/compare/",
    "clusters/cluster-ostrello/",
    "chairs/",
    "chairs/?q=tides",
    "chairs/?q=zzzz-qqqq",
    "chairs/cluster-ostrello/tides-of-ostrello/",
    "people/",
    "institutions/",
    "opportunities/",
    "partners/",
    "training/",
    "start-ups/",
    "outputs/",
    "collaborations/",
    "figures/",
    "figures/grants/",
    "figures/map/",
    "support/",
    "accounts/login/",
    "accounts/signup/",
]
MINE = ["my/", "accounts/profile/", "accounts/email/"]
PANEL = [
    "/admin/",
    "/admin/chairs/chair/",
    "/admin/sponsorships/sponsorship/",
    "/admin/partners/partner/",
    "/admin/chairs/chair/add/",
]


@pytest.fixture
def programme(db):
    call_command("load_directory", verbosity=0)
    return settings.PROGRAMME


@pytest.fixture
def chair(programme):
    cluster = Cluster.objects.get(slug="cluster-ostrello")
    return factories.make_chair(
        "active", cluster=cluster, title_en="Moorings that listen", title_fr="Des amarres qui écoutent"
    )


def page(client, address: str) -> str:
    answer = client.get(address if address.startswith("/") else f"/mt/{address}", follow=True)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def pseudo(text: str) -> str:
    return text.translate(ACCENTS)


def test_twelve_clusters_in_three_languages_and_no_map_of_france(programme, client):
    assert Cluster.objects.count() == 12
    home = page(client, "")
    for name in Cluster.objects.values_list("acronym", flat=True):
        assert name in home and name in page(client, "clusters/compare/")
    assert f"{OPEN}{pseudo('The research chairs of')} Demonstria’s AI clusters" in home
    assert 'class="chart map"' not in home
    alternates = re.findall(r'hreflang="([\w-]+)"', home)
    assert [one for one in alternates if one in {"en", "fr", "mt", "x-default"}][:4] == ["en", "fr", "mt", "x-default"]
    for code, name in (("en", "English"), ("fr", "Français")):
        assert re.search(rf'href="/{code}/"[^>]*>\s*{name}', home), f"the switcher has no {name}"
    assert re.search(r'href="/mt/"[^>]*>\s*Malti', client.get("/en/").content.decode())
    french = client.get("/fr/").content.decode()
    assert "Les chaires de recherche des clusters IA de Démonstrie" in french and "France" not in french
    grants = page(client, "figures/grants/")
    assert "€78,000,000" in grants and "Demonstria 2040" in grants, "1 to 12 million, added up"
    assert "CLUSTER" not in page(client, "figures/map/") and "OSTRELLO" in page(client, "figures/map/")


def test_a_chair_is_found_funded_accepted_and_counted(programme, chair, client):
    found = page(client, "chairs/?q=moorings")
    assert "Moorings that listen" in found and 'lang="en"' in found, "shown in the language in which it is written"
    contact = factories.make_contact(user=factories.make_user(language="mt"))
    office = factories.make_staff(chair.cluster, Role.MANAGER, language="mt")
    partner, staff = Client(), Client()
    partner.force_login(contact.user)
    staff.force_login(office)
    fund = f"/mt/chairs/{chair.cluster.slug}/{chair.slug}/fund/"
    assert pseudo("partner") in page(partner, fund)
    partner.post(fund, proposal(signatory=contact.pk, act="send", cash_amount="40,000"))
    file = Sponsorship.objects.get()
    partner.post(f"/mt/my/sponsorships/{file.reference}/submit/", {"revision": file.revision})
    assert Sponsorship.objects.get().status == "submitted"
    for verb in ("review", "accept"):
        staff.post(f"/admin/sponsorships/sponsorship/{file.pk}/verb/{verb}/", {"note": "Yes."})
    file = Sponsorship.objects.get()
    assert file.status == "accepted"
    mails = OutgoingMail.objects.filter(recipient__in=[contact.user, office])
    assert mails and all(mail.subject.startswith(OPEN) for mail in mails), [mail.subject for mail in mails]
    assert all("Demonstria’s AI clusters" in mail.text for mail in mails)
    assert "€40,000" in page(partner, f"my/partners/{contact.partner.slug}/figures/")


def test_no_page_has_words_that_no_catalogue_said(programme, chair):
    contact = factories.make_contact(user=factories.make_user(language="mt"))
    file = factories.make_sponsorship("in_review", contact=contact, chair=chair)
    factories.make_activity(chair)
    partner, staff, anyone = Client(), Client(), Client()
    partner.force_login(contact.user)
    staff.force_login(factories.make_staff(chair.cluster, Role.MANAGER, language="mt"))
    asked = [(anyone, one) for one in [*PUBLIC, f"chairs/{chair.cluster.slug}/{chair.slug}/"]]
    asked += [(partner, one) for one in [*MINE, f"my/sponsorships/{file.reference}/"]]
    asked += [(staff, one) for one in [*PANEL, f"/admin/sponsorships/sponsorship/{file.pk}/change/"]]
    pages = {address: page(client, address) for client, address in asked}
    known = known_texts("tides", "zzzz-qqqq", "zzzz qqqq")
    assert all(pseudo("the") in html for html in pages.values()), "each is in the language that nobody speaks"
    wrong = {address: words for address, html in pages.items() if (words := hard_wired(html, known))}
    assert not wrong, "\n".join(f"{address}: {' '.join(words)[:400]}" for address, words in wrong.items())


def test_the_programme_is_the_one_file():
    assert Path(settings.PROGRAMME_FILE).name == "demonstria.json" and settings.TIME_ZONE == "Europe/Malta"
    assert [code for code, _name in settings.LANGUAGES] == ["en", "fr", "mt"]
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
