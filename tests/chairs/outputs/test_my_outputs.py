"""An investigator keeps the outputs of their chair: given, looked at, added; proposed ones confirmed or set aside."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from chairs.models import Output
from chairs.outputs.forms import MAX_FILE_SIZE
from tests.chairs.outputs.registry import recorded
from tests.factories import make_appointment, make_chair, make_person, make_user
from tests.output_factory import make_output

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("field_history", "search_index")]


@pytest.fixture
def chair():
    return make_chair("active", with_pi=False)


@pytest.fixture
def url(client, chair):
    user = make_user()
    make_appointment(chair, person=make_person(user=user))
    client.force_login(user)
    return f"/en/my/chairs/{chair.cluster.slug}/{chair.slug}/outputs/"


def add(client, url, **given):
    """Give a list, look at the plan, add it. Return the page of the plan, and the one after."""
    looked = client.post(url, given)
    return looked, client.post(url, {"plan": looked.context["signed"]}, follow=True)


def test_pasted_identifiers_are_looked_at_then_added_and_public_at_once(client, chair, url):
    looked, done = add(client, url, pasted="https://doi.org/10.1000/182\nnonsense\nhal-04012345v2\n10.1000/182")
    assert "New: 2. There already: 1. Refused: 1." in looked.text
    assert "Line 2:" in looked.text and "nonsense" in looked.text and "Neither a DOI" in looked.text
    assert "2 outputs added." in done.text and "This site does not ask the registries" in done.text
    assert set(Output.objects.published().values_list("doi", "hal_id")) == {
        ("10.1000/182", None),
        (None, "hal-04012345"),
    }
    assert 'href="https://doi.org/10.1000/182"' in client.get(chair.get_absolute_url()).text


def test_nothing_is_added_by_looking_and_what_was_typed_stays(client, url):
    looked = client.post(url, {"pasted": "nonsense & more"})
    assert "nonsense &amp; more</textarea>" in looked.text and not looked.context["signed"]
    assert not Output.objects.exists()


def test_a_file_of_bibtex_is_added_with_what_is_right_in_it(client, chair, url):
    _looked, done = add(client, url, file=SimpleUploadedFile("given.bib", recorded("given.bib")))
    assert "2 outputs added." in done.text
    article = Output.objects.get(doi="10.1000/bib.1")
    assert (article.registry, article.added_by, article.confirmed_by) == (
        "file",
        done.context["user"],
        done.context["user"],
    )
    assert article.history.get().history_user == done.context["user"]
    page = client.get(chair.get_absolute_url()).text
    assert '<strong lang="fr">L&#x27;apprentissage à peu d&#x27;étiquettes</strong>' in page


def test_what_is_pasted_counts_beside_a_file(client, url):
    given = SimpleUploadedFile("given.bib", recorded("given.bib"))
    _looked, done = add(client, url, pasted="10.1000/182", file=given)
    assert "3 outputs added." in done.text and Output.objects.filter(doi="10.1000/182").exists()


def test_a_file_of_an_older_code_page_is_read(client, url):
    text = "@article{a, title={Été à Évry}, year={2024}}".encode("cp1252")
    add(client, url, file=SimpleUploadedFile("old.bib", text))
    assert Output.objects.get().title == "Été à Évry"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04\x00\x00", "This is not a text file."),
        (b"x" * (MAX_FILE_SIZE + 1), "The file is too large"),
        (b"", "empty"),
    ],
)
def test_a_file_that_cannot_be_read_says_so(client, url, content, said):
    assert said in client.post(url, {"file": SimpleUploadedFile("x.bib", content)}).text


def test_nothing_given_is_said(client, url):
    assert "Paste identifiers or BibTeX, or choose a file." in client.post(url, {"pasted": ""}).text


@pytest.mark.exhaustive
def test_five_thousand_entries_are_looked_at_and_added(client, url):
    entries = "".join(
        f"@article{{k{n}, title={{Paper {n}}}, year={{2024}}, doi={{10.1000/{n}}}}}\n" for n in range(5_000)
    )
    looked, done = add(client, url, file=SimpleUploadedFile("many.bib", entries.encode()))
    assert "New: 5000." in looked.text and "And 4800 more." in looked.text and len(looked.content) < 500_000
    assert "5000 outputs added." in done.text and Output.objects.count() == 5_000
    again = client.post(url, {"pasted": entries[:100_000].rpartition("@")[0]})
    assert again.context["numbers"]["additions"] == 0 and len(again.content) < 200_000


@pytest.mark.exhaustive(counted=True)
def test_a_long_file_shows_its_first_lines_and_is_added_whole(client, url):
    entries = "".join(f"@article{{k{n}, title={{Paper {n}}}, year={{2024}}}}\n" for n in range(220))
    looked, done = add(client, url, pasted=entries)
    assert "New: 220." in looked.text and "And 20 more." in looked.text and "220 outputs added." in done.text
    assert "New: 0. There already: 220." in client.post(url, {"pasted": entries}).text


def test_a_plan_that_was_altered_or_made_for_another_chair_adds_nothing(client, chair, url):
    other = make_chair("active", with_pi=False)
    make_appointment(other, person=chair.appointments.get().person)
    signed = client.post(url, {"pasted": "10.1000/182"}).context["signed"]
    there = f"/en/my/chairs/{other.cluster.slug}/{other.slug}/outputs/"
    for address, plan in ((there, signed), (url, signed[:-1]), (url, "")):
        assert "Nothing was added" in client.post(address, {"plan": plan}, follow=True).text
    assert not Output.objects.exists()


def test_proposed_outputs_are_confirmed_or_set_aside_many_at_once(client, chair, url):
    ours, theirs, other = (make_output(chair, is_confirmed=False, title=title) for title in ("Ours", "Theirs", "Other"))
    elsewhere = make_output(make_chair("active"), is_confirmed=False)
    assert "Ours" in client.get(url).text and "Ours" not in client.get(chair.get_absolute_url()).text
    client.post(url, {"answer": "confirm", "output": [ours.pk, other.pk, elsewhere.pk, "x"]})
    client.post(url, {"answer": "set_aside", "output": [theirs.pk]})
    assert set(Output.objects.confirmed()) == {ours, other}
    assert Output.objects.get(pk=theirs.pk).refused_at and not Output.objects.get(pk=elsewhere.pk).refused_at
    page = client.get(chair.get_absolute_url()).text
    assert "Ours" in page and "Theirs" not in page
