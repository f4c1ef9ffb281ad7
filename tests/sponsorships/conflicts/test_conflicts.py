"""Each conflict raises its flag, and stands in the way of acceptance until staff resolve it in writing."""

from decimal import Decimal

import pytest
from django.core import mail as outgoing

from core.exceptions import Refused
from core.verbs import why_not
from sponsorships.conflicts.detection import conflicts_of
from sponsorships.conflicts.resolution import resolve, unresolved, value_counterparts
from sponsorships.models import Sponsorship
from tests import factories
from tests.sponsorships.conflicts.seeds import SEEDS
from tests.verbs import perform

pytestmark = [pytest.mark.django_db, pytest.mark.database]
EACH = pytest.mark.parametrize("kind", SEEDS)


def again(proposal) -> Sponsorship:
    return Sponsorship.objects.select_related("partner").get(pk=proposal.pk)


def resolve_all(proposal, by, text="We spoke with both."):
    for conflict in unresolved(proposal):
        resolve(proposal, by=by, kind=conflict.kind, facts=conflict.facts, text=text)


def test_without_a_conflict_nothing_is_flagged(proposal, manager):
    factories.make_sponsorship("in_review", chair=proposal.chair)
    assert conflicts_of(proposal) == []
    assert perform(proposal, "accept", by=manager).status == "accepted"


@EACH
def test_it_blocks_acceptance_until_it_is_resolved_in_writing(proposal, manager, kind):
    SEEDS[kind](proposal)
    found = again(proposal)
    assert [conflict.kind for conflict in conflicts_of(found)] == [kind]
    with pytest.raises(Refused, match="Write on the sponsorship's page how this is resolved"):
        perform(found, "accept", by=manager)
    resolve_all(found, manager)
    assert perform(found, "accept", by=manager).status == "accepted"
    row = found.resolutions.get()
    assert (row.by, row.text, row.kind) == (manager, "We spoke with both.", kind)


@EACH
def test_the_partner_reads_nothing_of_it(client, proposal, manager, kind):
    SEEDS[kind](proposal)
    resolve_all(again(proposal), manager, text="A secret resolution.")
    client.force_login(proposal.created_by)
    outgoing.outbox.clear()
    for address in ("/en/my/", again(proposal).get_absolute_url()):
        page = client.get(address).text
        assert str(proposal.chair) in page
        for word in ("onflict", "secret resolution", "esolved", "ounterparts are worth", "collides"):
            assert word not in page, word
    assert outgoing.outbox == []


def test_another_rival_asks_for_another_resolution(proposal, manager):
    SEEDS["exclusivity"](proposal)
    resolve_all(proposal, manager)
    assert not unresolved(proposal)
    SEEDS["exclusivity"](proposal)
    assert len(unresolved(proposal)) == 1
    resolve_all(proposal, manager)
    assert proposal.resolutions.count() == 2


def test_other_amounts_ask_for_another_resolution(proposal, manager):
    SEEDS["counterparts"](proposal)
    resolve_all(again(proposal), manager)
    Sponsorship.objects.filter(pk=proposal.pk).update(counterparts_value=Decimal("20000"))
    assert unresolved(again(proposal))


@pytest.mark.parametrize("change", ["facts", "text", "kind", "who"])
def test_a_resolution_that_does_not_fit_is_refused(proposal, manager, change):
    SEEDS["exclusivity"](proposal)
    conflict = conflicts_of(proposal)[0]
    said = {"by": manager, "kind": "exclusivity", "facts": conflict.facts, "text": "Settled."}
    wrong = {"facts": "0" * 64, "text": "  ", "kind": "employer"}
    said |= {"by": proposal.created_by} if change == "who" else {change: wrong[change]}
    with pytest.raises(Refused):
        resolve(proposal, **said)
    assert not proposal.resolutions.exists()


def test_two_clicks_write_one_resolution(proposal, manager):
    SEEDS["exclusivity"](proposal)
    conflict = conflicts_of(proposal)[0]
    said = {"by": manager, "kind": conflict.kind, "facts": conflict.facts, "text": "Settled."}
    resolve(proposal, **said)
    with pytest.raises(Refused, match="already been resolved"):
        resolve(proposal, **said)
    assert proposal.resolutions.count() == 1
    assert "conflict resolved in writing" in [str(line.done) for line in proposal.transitions.all()]


def test_declining_needs_no_resolution(proposal, manager):
    SEEDS["employer"](proposal)
    assert why_not(proposal, "accept", manager) and not why_not(proposal, "decline", manager)


def test_a_gift_is_accepted_once_its_counterparts_are_valued(chair, manager):
    gift = factories.make_sponsorship("in_review", chair=chair, regime="patronage", counterparts_value=None)
    with pytest.raises(Refused, match="Value the counterparts of this gift first"):
        perform(gift, "accept", by=manager)
    value_counterparts(gift, by=manager, value=Decimal(0))
    assert perform(gift, "accept", by=manager).status == "accepted"


def test_a_gift_valued_too_high_after_its_acceptance_does_not_start(chair, manager):
    gift = factories.make_sponsorship("accepted", chair=chair, regime="patronage")
    perform(factories.make_agreement(gift, by=manager), "record", by=manager)
    value_counterparts(gift, by=manager, value=Decimal(45_000))
    with pytest.raises(Refused, match="more than 25%"):
        perform(gift, "activate", by=manager)


def test_nobody_decides_for_a_partner_for_which_they_act(chair, manager):
    offer = factories.make_sponsorship("in_review", factories.make_contact(user=manager), chair=chair)
    with pytest.raises(Refused, match="none of a partner for which they act"):
        perform(offer, "accept", by=manager)


@pytest.mark.parametrize("side", ["partner", "investigator"])
def test_no_side_of_a_conflict_resolves_it(chair, proposal, manager, side):
    SEEDS["exclusivity"](proposal)
    if side == "partner":
        factories.make_contact(proposal.partner, manager)
    else:
        factories.make_appointment(chair, person=factories.make_person(user=manager))
    flag = next(one for one in conflicts_of(proposal) if one.kind == "exclusivity")
    with pytest.raises(Refused, match="or are an investigator of the chair"):
        resolve(proposal, by=manager, kind=flag.kind, facts=flag.facts, text="I see no conflict in me.")
