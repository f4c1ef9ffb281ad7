"""Where staff read conflicts, resolve them and value a gift's counterparts."""

from decimal import Decimal

import pytest

from clusters.enums import Role
from sponsorships.conflicts.detection import conflicts_of
from sponsorships.models import Sponsorship
from tests import factories
from tests.sponsorships.conflicts.seeds import SEEDS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("field_history")]
LIST = "/admin/sponsorships/sponsorship/"
EACH = pytest.mark.parametrize("kind", SEEDS)


@pytest.fixture
def enter(client, chair):
    def enter(role=Role.MANAGER):
        user = factories.make_staff(chair.cluster, role)
        client.force_login(user)
        return user

    return enter


def again(proposal):
    return Sponsorship.objects.select_related("partner").get(pk=proposal.pk)


@EACH
def test_the_page_and_the_list_show_the_flag(client, enter, proposal, kind):
    enter(Role.READER)
    assert "conflicts-heading" not in client.get(f"{LIST}{proposal.pk}/change/").text
    SEEDS[kind](proposal)
    conflict = conflicts_of(again(proposal))[0]
    assert str(conflict.kind.label) in client.get(f"{LIST}{proposal.pk}/change/").text
    assert f'<td class="field-conflicts">{conflict.kind.label}' in client.get(LIST).text
    assert str(proposal.partner) in client.get(f"{LIST}?conflict=open").text


@EACH
def test_an_editor_resolves_it(client, enter, proposal, kind):
    by = enter(Role.EDITOR)
    SEEDS[kind](proposal)
    page = client.get(f"{LIST}{proposal.pk}/conflict/{kind}/").text
    facts = conflicts_of(again(proposal))[0].facts
    assert facts in page
    for _click in range(2):
        client.post(
            f"{LIST}{proposal.pk}/conflict/{kind}/", {"facts": facts, "note": "They have <b>nothing</b> to do."}
        )
    assert proposal.resolutions.get().by == by
    page = client.get(f"{LIST}{proposal.pk}/change/").text
    assert "They have &lt;b&gt;nothing&lt;/b&gt; to do." in page and f"Resolved by {by}" in page
    assert '<td class="field-conflicts">resolved' in client.get(LIST).text


def test_without_words_nothing_is_resolved(client, enter, proposal):
    enter()
    SEEDS["exclusivity"](proposal)
    facts = conflicts_of(proposal)[0].facts
    page = client.post(f"{LIST}{proposal.pk}/conflict/exclusivity/", {"facts": facts, "note": " "})
    assert page.status_code == 200 and page.context["note"].errors.keys() == {"note"}
    assert not proposal.resolutions.exists()


def test_facts_that_changed_meanwhile_are_read_again(client, enter, proposal):
    enter()
    SEEDS["exclusivity"](proposal)
    facts = conflicts_of(proposal)[0].facts
    SEEDS["exclusivity"](proposal)
    page = client.post(f"{LIST}{proposal.pk}/conflict/exclusivity/", {"facts": facts, "note": "Settled."}).text
    assert "The facts have changed since you opened this page" in page and not proposal.resolutions.exists()


@pytest.mark.parametrize("page", ["conflict/exclusivity", "counterparts"])
def test_a_reader_is_told_no(client, enter, proposal, page):
    enter(Role.READER)
    SEEDS["exclusivity"](proposal)
    for answer in (
        client.get(f"{LIST}{proposal.pk}/{page}/"),
        client.post(f"{LIST}{proposal.pk}/{page}/", {"value": 1}),
    ):
        assert answer.status_code == 403


def test_the_page_of_an_acceptance_says_what_to_do(client, enter, proposal):
    enter()
    SEEDS["exclusivity"](proposal)
    page = client.get(f"{LIST}{proposal.pk}/verb/accept/").text
    assert "how this is resolved, or change it first" in page


def test_counterparts_are_valued_on_review(client, enter, proposal):
    enter(Role.EDITOR)
    address = f"{LIST}{proposal.pk}/counterparts/"
    assert "Only a gift has counterparts" in client.get(address).text
    Sponsorship.objects.filter(pk=proposal.pk).update(regime="patronage")
    assert client.post(address, {"value": "20,000", "note": "Two places."}).status_code == 302
    assert again(proposal).counterparts_value == Decimal(20000)
    assert "40% of the gift" in client.get(f"{LIST}{proposal.pk}/change/").text
    client.force_login(proposal.created_by)
    assert "Two places." not in client.get(proposal.get_absolute_url()).text


def test_no_such_kind_of_conflict_is_found(client, enter, proposal):
    enter()
    assert client.get(f"{LIST}{proposal.pk}/conflict/employer/").status_code == 200
    assert client.get(f"{LIST}{proposal.pk}/conflict/envy/").status_code == 404
