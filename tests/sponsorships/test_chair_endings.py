"""A chair that stops takes care of its sponsorships: each is named with its amount, and meets what was said of it."""

import datetime
from html import unescape

import pytest
from django.utils import timezone

from chairs.models import Chair
from core.exceptions import Refused
from core.models.mail import OutgoingMail
from core.verbs import why_not
from partners import colleagues
from sponsorships.chair_endings import End
from sponsorships.models import Sponsorship
from tests import factories
from tests.personas import MANAGER, PARTNER, PI, SECOND_MANAGER
from tests.verbs import perform

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("whole_cast")]
WHY = "The chair's holders left."


def make(cast, status, **overrides):
    return factories.make_sponsorship(status, cast.contact(PARTNER), chair=cast.chair, **overrides)


def make_running(cast):
    return factories.make_running(by=cast[MANAGER], contact=cast.contact(PARTNER), chair=cast.chair)


def status_of(sponsorship) -> str:
    return Sponsorship.objects.get(pk=sponsorship.pk).status


def page_of(chair, verb) -> str:
    return f"/admin/chairs/chair/{chair.pk}/verb/{verb}/"


@pytest.mark.parametrize("status", ["submitted", "in_review", "changes_requested", "accepted", "active"])
def test_a_chair_is_not_closed_over_a_sponsorship_of_which_nothing_is_said(cast, status):
    sponsorship = make(cast, status)
    with pytest.raises(Refused, match=r"Say what becomes of this sponsorship first: .*€50,000 in cash"):
        perform(cast.chair, "close", by=cast[MANAGER])
    assert Chair.objects.get(pk=cast.chair.pk).status == "active" and status_of(sponsorship) == status


@pytest.mark.parametrize("status", ["completed", "declined", "withdrawn", "terminated"])
def test_what_is_over_asks_for_nothing(cast, status):
    make(cast, status)
    assert perform(cast.chair, "close", by=cast[MANAGER]).status == "closed"


@pytest.mark.parametrize("status", ["submitted", "accepted"])
def test_a_withdrawn_chair_declines_with_a_reason(cast, status):
    chair = factories.make_chair("approved", cluster=cast.cluster)
    sponsorship = factories.make_sponsorship(status, cast.contact(PARTNER), chair=chair)
    with pytest.raises(Refused, match="Say what becomes"):
        perform(chair, "withdraw", by=cast[MANAGER], note="Why.")
    with pytest.raises(Refused, match="Say what becomes"):
        ends = {sponsorship.pk: End("leave")}
        perform(chair, "withdraw", by=cast[MANAGER], note="Why.", details={"ends": ends})
    perform(chair, "withdraw", by=cast[MANAGER], note="Why.", details={"ends": {sponsorship.pk: End("decline", WHY)}})
    assert status_of(sponsorship) == "declined"
    assert WHY in OutgoingMail.objects.get(recipient=cast[PARTNER], occasion="sponsorships/declined_partner").text


def test_each_meets_what_was_said_of_it_or_nothing_has_happened(cast, client):
    pending, running = make(cast, "in_review"), make(cast, "active", cash_amount=70_000)
    client.force_login(cast[SECOND_MANAGER])
    page = unescape(client.get(page_of(cast.chair, "close")).text)
    for line in ("(in review, €50,000 in cash)", "(active, €70,000 in cash)"):
        assert f"Partner of the cast {line}" in page
    today = timezone.localdate()
    typed = {
        "note": "The end.",
        f"fate_{pending.pk}": "decline",
        f"why_{pending.pk}": WHY,
        f"fate_{running.pk}": "terminate",
        f"why_{running.pk}": "",
        f"on_{running.pk}": today.isoformat(),
    }
    again = client.post(page_of(cast.chair, "close"), typed)
    assert "Say why: the partner reads it." in again.text and WHY in unescape(again.text)
    later = {f"why_{running.pk}": WHY, f"on_{running.pk}": (today + datetime.timedelta(days=1)).isoformat()}
    assert client.post(page_of(cast.chair, "close"), typed | later).status_code == 200
    assert (status_of(pending), status_of(running)) == ("in_review", "active")
    assert client.post(page_of(cast.chair, "close"), typed | {f"why_{running.pk}": WHY}).status_code == 302
    assert Chair.objects.get(pk=cast.chair.pk).status == "closed"
    assert (status_of(pending), status_of(running)) == ("declined", "terminated")
    told = set(OutgoingMail.objects.filter(recipient=cast[PARTNER]).values_list("occasion", flat=True))
    assert told == {"chairs/turned", "sponsorships/declined_partner", "sponsorships/ended"}
    assert OutgoingMail.objects.filter(recipient=cast[PI], occasion="sponsorships/ended").exists()


def test_what_runs_may_run_out(cast):
    running = make(cast, "active")
    perform(cast.chair, "close", by=cast[MANAGER], details={"ends": {running.pk: End("leave")}})
    assert status_of(running) == "active"


@pytest.mark.parametrize("steps", [["fall_due"], ["fall_due", "invoice"]])
@pytest.mark.parametrize("verb", ["close"])
def test_nothing_ends_while_money_is_due(cast, client, verb, steps):
    running = make_running(cast)
    for step in steps:
        perform(running.instalments.get(), step, by=cast[MANAGER], details={"number": "F-1"})
    ends = {"ends": {running.pk: End("leave")}}
    with pytest.raises(Refused, match=r"Money is due: Partner of the cast, Instalment 1 of €50,000"):
        perform(cast.chair, verb, by=cast[MANAGER], details=ends)
    client.force_login(cast[SECOND_MANAGER])
    assert "Money is due" in client.get(page_of(cast.chair, verb)).text
    if steps[-1] == "invoice":
        paid = {"amount": running.cash_amount, "reference": "B-1"}
        perform(running.instalments.get(), "receive", by=cast[MANAGER], details=paid)
        assert perform(cast.chair, verb, by=cast[MANAGER], details=ends).status == "closed"


def test_an_agreement_in_force_is_started_before_the_chair_ends(cast):
    accepted = make(cast, "accepted")
    perform(factories.make_agreement(accepted, by=cast[MANAGER]), "record", by=cast[MANAGER])
    [reason] = why_not(cast.chair, "close", cast[MANAGER])
    assert "Start it first" in reason


def test_a_suspension_names_them_and_leaves_them_unless_told_otherwise(cast, client):
    pending = make(cast, "in_review")
    client.force_login(cast[SECOND_MANAGER])
    assert "(in review, €50,000 in cash)" in client.get(page_of(cast.chair, "suspend")).text
    typed = {"note": WHY, f"fate_{pending.pk}": "leave"}
    assert client.post(page_of(cast.chair, "suspend"), typed).status_code == 302
    assert status_of(pending) == "in_review"
    assert WHY in OutgoingMail.objects.get(recipient=cast[PARTNER]).text


def test_who_suspends_several_chairs_at_once_reads_what_each_answer_is_about(cast, client):
    pending = make(cast, "in_review")
    client.force_login(cast[SECOND_MANAGER])
    chosen = {"act": "suspend", "chosen": [cast.chair.pk]}
    page = client.post("/admin/lists/chairs/chair/at-once/", chosen).text
    about, answer = "Partner of the cast (in review, €50,000 in cash)", f'name="{cast.chair.pk}-fate_{pending.pk}"'
    assert about in page and page.index(about) < page.index(answer)
    assert "The partner reads it in the e-mail and on its file." in page


def test_who_closes_an_activity_reads_which_proposals_go_on(cast, client):
    activity = factories.make_activity(cast.chair)
    make(cast, "in_review", activity=activity)
    client.force_login(cast[MANAGER])
    assert "(in review, €50,000 in cash)" in client.get(f"/admin/chairs/activity/{activity.pk}/verb/close/").text
    client.force_login(cast[PI])
    assert "(in review, €50,000 in cash)" in client.get(f"/en/my/activities/{activity.pk}/close/").text


@pytest.mark.parametrize("act", ["remove", "change_roles"])
def test_the_only_signatory_stays_while_an_agreement_waits_for_a_signature(cast, act):
    contact = cast.contact(PARTNER)
    factories.make_contact(cast.company, is_signatory=False)
    accepted = make(cast, "accepted")
    perform(factories.make_agreement(accepted, by=cast[MANAGER], path="generated"), "issue", by=cast[MANAGER])
    roles = {} if act == "remove" else {"roles": {"is_primary": True, "is_signatory": False}}
    with pytest.raises(Refused, match="is the only signatory, and an agreement waits"):
        getattr(colleagues, act)(contact, by=cast[PARTNER], **roles)
    factories.make_contact(cast.company)
    getattr(colleagues, act)(contact, by=cast[PARTNER], **roles)
