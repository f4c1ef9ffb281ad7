"""The title of an output is marked with its language wherever it is read, if that is not the page's and a source says which."""

import json

import pytest

from chairs.outputs.hal_documents import candidate_of
from clusters.enums import Role
from tests import factories
from tests.output_factory import make_output

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_index")]
TITLE = "Des véhicules qui s’expliquent"


@pytest.fixture
def chair():
    chair = factories.make_chair("active", cluster=factories.make_cluster(slug="ours"))
    make_output(chair, title=TITLE, language="fr")
    make_output(chair, title="Unsaid in which language")
    return chair


@pytest.mark.parametrize("there", ["chair", "its outputs", "outputs", "frame"])
def test_a_title_is_marked_on_pages_in_another_language_only(client, chair, there):
    address = {
        "chair": chair.get_absolute_url(),
        "its outputs": f"{chair.get_absolute_url()}outputs/",
        "outputs": "/en/outputs/",
        "frame": "/en/outputs.embed",
    }[there]
    english, french = client.get(address).text, client.get(address.replace("/en/", "/fr/")).text
    for page, mark in ((english, ' lang="fr">'), (french, ">")):
        before, found, _after = page.partition(TITLE)
        assert found and before.endswith(mark), before[-80:]
        before, found, _after = page.partition("Unsaid in which language")
        assert found and "lang=" not in before.rpartition("<")[2]


def test_a_feed_and_the_data_in_the_page_say_the_language(client, chair):
    assert f'<title xml:lang="fr">{TITLE}</title>' in client.get("/en/outputs.atom").getvalue().decode()
    french = client.get("/fr/outputs.atom").getvalue().decode()
    assert f"<title>{TITLE}</title>" in french and "<title>Unsaid in which language</title>" in french
    page = client.get(chair.get_absolute_url()).text
    said = json.loads(page.partition('<script type="application/ld+json">')[2].partition("</script>")[0])
    named = {node["name"]: node.get("inLanguage") for node in said["@graph"] if "Article" in str(node.get("@type"))}
    assert named == {TITLE: "fr", "Unsaid in which language": None}


def test_a_chair_that_has_no_title_in_the_readers_language_is_named_without_markup_in_a_feed(client, chair):
    chair.title_en, chair.title_fr = "", "Robots"
    chair.save()
    feed = client.get(f"/en/outputs.atom?chair={chair.pk}").getvalue().decode()
    assert "<title>Outputs: Robots</title>" in feed


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"language_s": ["fr"], "fr_title_s": ["Un titre"], "en_title_s": ["A title"]}, ("Un titre", "fr")),
        # An article in French whose only title is English.
        ({"language_s": ["fr"], "en_title_s": ["A title"], "title_s": ["A title"]}, ("A title", "en")),
        ({"language_s": ["de"], "title_s": ["Ein Titel"]}, ("Ein Titel", "de")),
        ({"title_s": ["A title"]}, ("A title", "")),
    ],
)
def test_the_language_is_the_titles_and_not_the_documents(said, expected):
    found = candidate_of({"halId_s": "hal-04012345", **said})
    assert (found.title, found.language) == expected


@pytest.mark.usefixtures("field_history")
def test_staff_write_a_language_that_a_browser_knows(client, chair):
    client.force_login(factories.make_staff(chair.cluster, Role.EDITOR))
    output = make_output(chair, title="A paper")
    there = f"/admin/chairs/output/{output.pk}/change/"
    posted = {"kind": "publication", "title": "A paper", "year": "2025", "doi": output.doi}

    def kept(language):
        page = client.post(there, {**posted, "language": language})
        output.refresh_from_db()
        return page, output.language

    assert kept("French")[1] == kept("fr-FR")[1] == "fr"
    page, language = kept("?")
    assert "Write the language as its code" in page.text and language == "fr"
