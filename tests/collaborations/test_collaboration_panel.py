"""Collaborations in the panel: who keeps, reads and finds them, and what bad input is told."""

from decimal import Decimal

import pytest

from clusters.enums import Role
from collaborations.models import Collaboration
from tests import factories
from tests.chairs.admin.forms import rows
from tests.collaboration_factory import make_collaboration, make_participant

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("field_history")]
LIST = "/admin/collaborations/collaboration/"
ADD = f"{LIST}add/"


def change(one) -> str:
    return f"{LIST}{one.pk}/change/"


@pytest.fixture
def cluster():
    return factories.make_cluster(name="Here")


@pytest.fixture
def editor(cluster, client):
    user = factories.make_staff(cluster, Role.EDITOR)
    client.force_login(user)
    return user


def data(cluster, participants=(), initial=0, **overrides) -> dict:
    return {
        "title_en": "Soils",
        "kind": "joint_research",
        "kept_by": cluster.pk if cluster else "",
        "is_published": "on",
        **rows("participants", list(participants), initial),
        **overrides,
    }


def refused(client, values, url=ADD) -> str:
    before = Collaboration.objects.count()
    response = client.post(url, values)
    assert response.status_code == 200, "saved"
    assert Collaboration.objects.count() == before
    return response.content.decode()


def test_an_editor_registers_one_with_its_money(client, editor, cluster):
    other = factories.make_cluster()
    participants = [
        {"cluster": cluster.pk, "percent": "33.33"},
        {"cluster": other.pk, "percent": "16.67"},
        {"name": "Norrfjärda universitet", "kind": "institution", "country": "SE", "percent": "50"},
    ]
    values = {"funding": "90,000.50", "countries": ["FR"], "starts": "2024-03", "ends": "2025"}
    response = client.post(ADD, data(cluster, participants, **values))
    assert response.status_code == 302
    made = Collaboration.objects.get()
    assert (made.slug, made.origin, made.funding) == ("soils", "registered", Decimal("90000.50"))
    assert set(made.clusters.all()) == {cluster, other} and made.countries == ["FR", "SE"]
    assert made.participants.count() == 3


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"starts": "soon"}, "Write a year, a month or a day"),
        ({"starts": "2025-02-30"}, "Write a year, a month or a day"),
        ({"starts": "0025"}, "Check the year: 25"),
        ({"starts": "2025-03", "ends": "2025-02-28"}, "It ends before it starts."),
        ({"people": "-5"}, "This cannot be less than zero."),
        ({"people": "9999999"}, "less than or equal to 1000000"),
        ({"funding": "-5"}, "An amount cannot be negative."),
        ({"title_en": ""}, "Enter the title in one of the two languages."),
        ({"kind": "poem"}, "poem is not one of the available choices"),
        ({"countries": ["FR", "XX"]}, "XX is not one of the available choices"),
        ({"kept_by": ""}, "This field is required."),
        ({"website": "nowhere"}, "Enter a valid URL."),
    ],
)
def test_bad_input_is_told_beside_the_field_and_nothing_is_lost(client, editor, cluster, values, sentence):
    html = refused(client, data(cluster, **{"summary_en": "Typed at length.", "slug": "typed-slug"} | values))
    assert sentence in html and "Typed at length." in html and 'value="typed-slug"' in html


@pytest.mark.parametrize(
    ("funding", "shares", "sentence"),
    [
        ("100", ["50", "49.99"], "add up to 99.99%: they must be 100%."),
        ("100", ["50", "50.01"], "add up to 100.01%: they must be 100%."),
        ("100", ["", ""], "add up to 0%: they must be 100%."),
        ("", ["50", "50"], "There are shares and no money"),
        ("100", ["100", "0"], "greater than or equal to 0.01"),
        ("100", ["half", "50"], "Write the number in figures"),
    ],
)
def test_shares_make_exactly_the_whole(client, editor, cluster, funding, shares, sentence):
    lines = [{"name": f"Number {number}", "percent": share} for number, share in enumerate(shares)]
    html = refused(client, data(cluster, lines, funding=funding))
    assert sentence in html and 'value="Number 0"' in html and 'value="Number 1"' in html


def test_the_draft_of_another_cluster_is_not_told_by_an_address(client, editor, cluster):
    make_collaboration(factories.make_cluster(), slug="their-draft", is_published=False)
    make_collaboration(factories.make_cluster(), slug="their-page")
    assert client.post(ADD, data(cluster, slug="their-draft")).status_code == 302
    assert cluster.kept_collaborations.get().slug.startswith("their-draft-")
    assert "already exists" in refused(client, data(cluster, slug="their-page", title_en="Another"))


def test_nobody_takes_part_twice(client, editor, cluster):
    somewhere = factories.make_institution(name="Somewhere")
    twice = [
        [{"cluster": cluster.pk}, {"cluster": cluster.pk}],
        [{"institution": somewhere.pk}, {"institution": somewhere.pk}],
        [{"name": "Éole"}, {"name": "eole"}],
    ]
    for lines in twice:
        assert "This participant is there twice." in refused(client, data(cluster, lines))


def test_a_participant_is_said_once_and_as_it_is_on_record(client, editor, cluster):
    factories.make_institution(name="Somewhere")
    assert "“Somewhere” is on record" in refused(client, data(cluster, [{"name": "somewhere"}]))
    both = [{"cluster": cluster.pk, "name": "Somebody"}]
    assert "one of the three" in refused(client, data(cluster, both))


def test_only_the_keeping_cluster_edits_and_those_that_take_part_read(client, editor, cluster):
    other = factories.make_cluster()
    mine, theirs, strange = (
        make_collaboration(cluster, title_en="Mine"),
        make_collaboration(other, cluster, title_en="Theirs"),
        make_collaboration(other, title_en="Strange"),
    )
    assert 'name="_save"' in client.get(change(mine)).content.decode()
    read = client.get(change(theirs)).content.decode()
    assert 'name="_save"' not in read and "You can only read this collaboration." in read
    assert client.post(change(theirs), data(cluster)).status_code == 403
    assert client.get(change(strange)).status_code == 404
    listed = client.get(LIST).content.decode()
    assert "Mine" in listed and "Theirs" in listed and "Strange" not in listed


def test_a_cluster_is_not_given_somebody_elses_record(client, editor, cluster):
    html = refused(client, data(factories.make_cluster()))
    assert "This is not one of the records that you can choose here." in html


def test_the_coordinator_keeps_what_no_cluster_does(client, cluster):
    client.force_login(factories.make_staff(None, Role.COORDINATOR))
    nobodys, kept = make_collaboration(countries=[]), make_collaboration(cluster)
    assert 'name="_save"' in client.get(change(nobodys)).content.decode()
    assert 'name="_save"' not in client.get(change(kept)).content.decode()
    assert client.post(ADD, data(None)).status_code == 302


def test_readers_and_auditors_only_read(client, cluster):
    one = make_collaboration(cluster)
    for user in (factories.make_staff(cluster, Role.READER), factories.make_staff(None, Role.AUDITOR)):
        client.force_login(user)
        assert 'name="_save"' not in client.get(change(one)).content.decode()
        assert client.get(ADD).status_code == 403


def test_of_a_source_staff_enter_shares_and_their_own_words(client, editor, cluster):
    one = make_collaboration(cluster, origin="sourced", title_en="As stated", funding=Decimal("10.00"))
    row = make_participant(one, name="Somebody")
    html = client.get(change(one)).content.decode()
    assert 'name="title_en"' not in html and 'name="participants-0-name"' not in html
    line = {"id": row.pk, "collaboration": one.pk, "percent": ""}
    values = {"summary_en": "In plain words.", "is_published": "on"}
    assert client.post(change(one), {**values, **rows("participants", [line], 1)}).status_code == 302
    assert "add up to 40%" in refused(
        client, {**values, **rows("participants", [line | {"percent": "40"}], 1)}, change(one)
    )
    assert (
        client.post(change(one), {**values, **rows("participants", [line | {"percent": "100"}], 1)}).status_code == 302
    )
    one = Collaboration.objects.get()
    assert (one.title_en, one.summary_en, one.participants.get().percent) == ("As stated", "In plain words.", 100)


def test_chairs_that_are_public_can_be_linked_and_hidden_ones_stay(client, editor, cluster):
    elsewhere = factories.make_chair("active")
    hidden = factories.make_chair("draft")
    one = make_collaboration(cluster, chairs=[hidden])
    assert client.post(change(one), data(cluster, chairs=[elsewhere.pk])).status_code == 302
    assert set(one.chairs.all()) == {elsewhere, hidden}
    assert "This is not one of the records" in refused(
        client, data(cluster, chairs=[factories.make_chair("draft").pk]), change(one)
    )


def test_countries_are_chosen_by_name_in_either_language(client, editor):
    html = client.get(ADD).content.decode()
    assert '<option value="DE">Germany</option>' in html
    client.cookies["django_language"] = "fr"
    assert '<option value="DE">Allemagne</option>' in client.get(ADD).content.decode()


def test_its_history_tells_of_shares_too(client, editor, cluster):
    one = make_collaboration(cluster)
    make_participant(one, name="Somebody")
    assert "Somebody" in client.get(f"{LIST}{one.pk}/history/").content.decode()


def test_it_is_found_by_who_takes_part(client, editor, cluster):
    one = make_collaboration(cluster, title_en="Mine")
    make_participant(one, name="Norrfjärda universitet")
    assert "Mine" in client.get(f"{LIST}?q=norrfj").content.decode()
    assert ">Mine<" not in client.get(f"{LIST}?q=nobody").content.decode()
