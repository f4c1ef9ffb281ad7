"""Every sort of page, read in French as its reader does."""

from urllib.parse import unquote_plus

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client
from django.urls import reverse
from modeltranslation.fields import TranslationField

from accounts.models import User
from chairs.models import Discipline, StartUp
from clusters.models import Cluster, TrainingProgramme
from demo.cast import PASSWORD
from tests.accessibility.panel_types import page_types
from tests.factories import make_cluster, make_staff
from tests.languages.french import dead_links_of, disagreements_of, faults_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("field_history", "search_index"), pytest.mark.exhaustive]

# What people wrote in their own language stands as they wrote it.
WRITTEN_BY_PEOPLE = {
    "sponsorships.Sponsorship": ["purpose", "in_kind_description"],
    "sponsorships.SponsorshipTransition": ["note"],
    "sponsorships.Endorsement": ["note"],
    "conversations.Message": ["text"],
    "partners.Contact": ["job_title"],
    "sponsorships.ClauseVersion": ["title_en", "text_en"],
    "chairs.ChairTransition": ["note"],
    "chairs.Chair": ["topic", "axis", "programme", "stated_funding"],
    # The official name of an institution or a company is in its own language.
    "clusters.Institution": ["name"],
    "collaborations.Participant": ["name"],
    # So is the title of what was published, and of where.
    "chairs.Output": ["title", "venue"],
    # An entry of the vocabulary holds the words of both languages side by side.
    "chairs.Concept": ["words_en", "words_fr", "official"],
    # A French programme may have a name of its own that is English.
    "clusters.TrainingProgramme": ["name_fr"],
}


@pytest.fixture
def demonstration(demonstration_for_the_module, db, settings):
    settings.DEMONSTRATION = True
    User.objects.update(language="fr")


def reader(who: str) -> Client:
    client = Client(headers={"user-agent": "A browser"})
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "fr"
    if who:
        client.post(reverse("account_login"), {"login": who, "password": PASSWORD})
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def quoted() -> set[str]:
    """Return the texts that are somebody's words, or a record's in its other language: both may stand on a French page."""
    fields = {name: set(names) for name, names in WRITTEN_BY_PEOPLE.items()}
    for model in apps.get_models():
        names = {
            field.name for field in model._meta.fields if isinstance(field, TranslationField) and field.language == "en"
        }
        if (
            names
            and model._meta.label != "clusters.Theme"
            and not model._meta.label.split(".")[1].startswith("Historical")
        ):
            fields.setdefault(model._meta.label, set()).update(names)
    return {
        " ".join(str(value).split())
        for label, names in fields.items()
        for row in apps.get_model(label)._base_manager.values_list(*names)
        for value in row
        if value
    }


def notes_as_stored() -> set[str]:
    """Return what a source says in its own language: the panel shows it as it is stored, one by one and in a history."""
    found = {note for notes in Cluster.objects.values_list("selected_note", "inauguration_note") for note in notes}
    for model in (StartUp, TrainingProgramme):
        for notes in model.objects.values_list("notes", flat=True):
            found.update(notes, [" · ".join(notes)])
    return found


def test_no_page_makes_a_french_reader_stumble(demonstration):
    clients, found, read = {}, {}, 0
    words = quoted()
    notes = notes_as_stored()
    for page in page_types():
        if page.who not in clients:
            clients[page.who] = reader(page.who)
        response = clients[page.who].get(page.address("fr"))
        if response.status_code == page.status and response.get("Content-Type", "").startswith("text/html"):
            read += 1
            typed = {unquote_plus(value) for value in page.query.replace("&", "=").split("=")}
            allowed = words | typed | (notes if page.name.startswith("admin") else set())
            html = response.content.decode()
            for fault in [*faults_of(html, allowed), *disagreements_of(html), *dead_links_of(html)]:
                found.setdefault(fault, page.name)
    assert not found, "\n".join(f"{page}: {fault}" for fault, page in sorted(found.items()))
    assert read > 150, "the pages are read, and not only their redirects"


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<p>Le 1 juin 2026</p>", "1er"),
        ("<p>Un courriel arrive</p>", "e-mail"),
        ("<p>Aujourd'hui</p>", "apostrophe"),
        ("<p>Oui : non</p>", "space"),
        ("<p>Demandé 30000.00</p>", "point"),
        ("<p>The themes of the cluster</p>", "English"),
        ('<p lang="en">The <em>themes</em></p><p>Les thèmes of</p>', "English"),
        ('<input type="submit" value="Save the form">', "English"),
    ],
)
def test_each_rule_finds_its_fault(html, fault):
    assert [found.split(":")[0] for found in faults_of(html)] == [fault]


def test_an_adjective_that_does_not_agree_is_a_fault():
    fact = "<dt>Dotation publique</dt><dd>non indiqué{}</dd><dt>Statut</dt><dd>non indiqué</dd>"
    assert list(disagreements_of(fact.format(""))) == ["Dotation : non indiqué"]
    assert list(disagreements_of(fact.format("e"))) == []


def test_a_link_within_the_page_leads_to_a_place_on_it():
    page = '<a class="skip" href="#content">Aller au contenu</a><main{}></main><a href="/fr/#elsewhere">Ailleurs</a>'
    assert list(dead_links_of(page.format(""))) == ["nowhere: #content"]
    assert list(dead_links_of(page.format(' id="content"'))) == []


def test_a_select_has_the_order_of_the_readers_alphabet(client):
    manager = make_staff(make_cluster(), language="fr")
    for number, (english, french) in enumerate([("Zoology", "Écologie"), ("Law", "Droit"), ("Physics", "Physique")]):
        Discipline.objects.create(slug=f"discipline-{number}", name_en=english, name_fr=french)
    client.force_login(manager)
    html = client.get(reverse("admin:chairs_chair_add", query={"step": "all"})).content.decode()
    places = [html.index(f">{name}</option>") for name in ("Droit", "Écologie", "Physique")]
    assert places == sorted(places)


def test_what_is_right_is_no_fault():
    html = '<p>Le 1er juin\u00a0: l’e-mail d’Hi! PARIS</p><p lang="en">The 1 juin</p><code>the</code><p>Le 11 juin</p>'
    assert list(faults_of(html)) == []
    assert len(list(faults_of(html.replace("1er", "1").replace(' lang="en"', "")))) > 1
