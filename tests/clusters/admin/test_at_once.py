"""Many records are acted on at once: who can be and why not is said before, and what became of each after."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from chairs.models import Chair
from clusters.enums import Role
from core.models import ActAtOnce, HeldDecision, OutgoingMail
from sponsorships.models import Agreement, Instalment, Sponsorship
from tests import factories
from tests.cluster_factories import make_cluster, make_staff
from tests.verbs import perform

pytestmark = [pytest.mark.django_db, pytest.mark.database]
CHAIRS, SPONSORSHIPS = "/admin/lists/chairs/chair/at-once/", "/admin/lists/sponsorships/sponsorship/at-once/"
HELD = "/admin/lists/core/helddecision/at-once/"


@pytest.fixture
def cluster():
    return make_cluster()


@pytest.fixture
def manager(cluster, client):
    user = make_staff(cluster, Role.MANAGER)
    client.force_login(user)
    return user


def previewed(client, there, act, records, **more) -> dict:
    """Return what the page shows, and what its form would post."""
    page = client.post(there, {"act": act, "chosen": [record.pk for record in records], **more})
    assert page.status_code == 200
    posted = {"act": act, "chosen": [line.record.pk for line in page.context["able"]], "mode": "all"}
    posted |= dict(re.findall(r'name="(stamp-\d+)" value="(\w+)"', page.text))
    posted |= dict(re.findall(r'type="hidden" name="(\d+-\w+)" value="([^"]*)"', page.text))
    return {"page": page, "posted": posted}


def statuses(records) -> list[str]:
    return [type(record).objects.get(pk=record.pk).status for record in records]


def submitted(cluster, number=3):
    return [factories.make_chair("submitted", cluster=cluster) for _one in range(number)]


def test_the_page_says_who_can_and_why_not_then_does_it(client, manager, cluster):
    chairs, draft = submitted(cluster), factories.make_chair("draft", cluster=cluster)
    listed = client.get("/admin/chairs/chair/")
    assert f'value="{draft.pk}"' in listed.text and 'value="approve"' in listed.text
    seen = previewed(client, CHAIRS, "approve", [*chairs, draft])
    assert [line.record for line in seen["page"].context["unable"]] == [draft]
    assert "not possible while the status is “Draft”" in seen["page"].text and statuses(chairs) == ["submitted"] * 3
    # What is refused for one reason stands under it together.
    drafts = [draft, factories.make_chair("draft", cluster=cluster), factories.make_chair("active", cluster=cluster)]
    refused = previewed(client, CHAIRS, "approve", drafts)["page"]
    assert refused.text.count("not possible while the status is “Draft”") == 1
    assert [len(lines) for _reasons, lines in refused.context["refusals"]] == [2, 1]
    answer = client.post(CHAIRS, {**seen["posted"], "note": "Good."}, follow=True)
    assert statuses(chairs) == ["approved"] * 3 and "Done to 3 records" in answer.text
    assert ActAtOnce.objects.get().by == manager
    assert {chair.transitions.get().note for chair in chairs} == {"Good."}


@pytest.mark.parametrize("mode", ["all", "each"])
def test_one_that_somebody_changed_is_refused_and_the_others_as_was_asked(client, manager, cluster, mode):
    chairs = submitted(cluster)
    posted = previewed(client, CHAIRS, "approve", chairs)["posted"]
    changed = Chair.objects.get(pk=chairs[1].pk)
    changed.acronym = "NEW"
    changed.save()
    answer = client.post(CHAIRS, {**posted, "mode": mode}, follow=True)
    assert "Somebody else changed this record meanwhile" in answer.text
    done = "approved" if mode == "each" else "submitted"
    assert statuses(chairs) == [done, "submitted", done]
    assert ("Nothing was done." in answer.text) == (mode == "all")


def test_a_list_that_is_too_long_to_be_chosen_whole_says_so(client, manager, cluster, monkeypatch):
    for _time in range(2):
        factories.make_chair("submitted", cluster=cluster)
    assert 'name="whole"' in client.get("/admin/chairs/chair/").text
    monkeypatch.setattr("core.admin.own_views.MAX_AT_ONCE", 1)
    page = client.get("/admin/chairs/chair/").text
    assert 'name="whole"' not in page and "At most 1 at once: narrow the list" in page


def test_the_whole_list_is_as_it_is_narrowed_and_another_clusters_records_are_not_there(client, manager, cluster):
    mine, elsewhere = submitted(cluster), factories.make_chair("submitted")
    factories.make_chair("draft", cluster=cluster)
    page = client.post(f"{CHAIRS}?status=submitted", {"act": "approve", "whole": "1"})
    assert {line.record for line in page.context["able"]} == set(mine)
    page = client.post(CHAIRS, {"act": "approve", "chosen": [elsewhere.pk, mine[0].pk]})
    assert [line.record for line in page.context["able"]] == [mine[0]] and page.context["missing"] == 1
    assert elsewhere.title_en not in page.text
    assert client.post(CHAIRS, {"act": "explode"}).status_code == 400
    assert "No record is chosen" in client.post(CHAIRS, {"act": "approve"}).text


def test_who_only_reads_is_offered_nothing(client, cluster):
    chair = submitted(cluster, 1)[0]
    client.force_login(make_staff(cluster, Role.READER))
    assert "Go on" not in client.get("/admin/chairs/chair/").text
    assert client.post(CHAIRS, {"act": "approve", "chosen": chair.pk}).status_code == 400


@pytest.mark.exhaustive(counted=True)
def test_twelve_invoices_stand_on_one_page(client, manager, cluster):
    chair = factories.make_chair("active", cluster=cluster)
    running = factories.make_running(by=manager, chair=chair, parts=[Decimal(1000)] * 12, cash_amount=Decimal(12000))
    due = list(Instalment.objects.filter(sponsorship=running).order_by("number"))
    there = INSTALMENTS
    for one in due:
        if one.status == "planned":
            client.post(f"/admin/sponsorships/instalment/{one.pk}/verb/fall_due/", {"note": ""})
    seen = previewed(client, there, "invoice", due)
    assert len(seen["page"].context["able"]) == 12
    today = timezone.localdate()
    lines = {f"{one.pk}-number": f"F-{one.number}" for one in due} | {f"{one.pk}-vat_rate": "20.0" for one in due}
    day = {"shared-on": today.isoformat(), "shared-payable_on": (today + timedelta(days=30)).isoformat()}
    wrong = client.post(there, {**seen["posted"], **lines, **day, f"{due[3].pk}-number": ""})
    assert "Nothing is recorded yet" in wrong.text and f"{due[3].short_reference} · " in wrong.text
    assert "This field is required" in wrong.text and 'value="F-2"' in wrong.text and statuses(due) == ["due"] * 12
    client.post(there, {**seen["posted"], **lines, **day})
    marked = re.findall(r'<div class="(?:(is-required)|)(?: errors)?">\s*<label for="id_[0-9]+-(\w+)"', wrong.text)
    assert ("is-required", "number") in marked and ("", "purchase_order") in marked
    found = Instalment.objects.filter(sponsorship=running).order_by("number")
    assert [(one.status, one.invoice_number) for one in found] == [("invoiced", f"F-{n}") for n in range(1, 13)]
    assert {one.invoiced_on for one in found} == {today}


INSTALMENTS = "/admin/lists/sponsorships/instalment/at-once/"


@pytest.fixture
def due(cluster, manager):
    """Three instalments that are due, for the same books."""
    chair = factories.make_chair("active", cluster=cluster)
    running = factories.make_running(by=manager, chair=chair, parts=[Decimal(1000)] * 3, cash_amount=Decimal(3000))
    Agreement.objects.filter(sponsorship=running).update(managing_institution=factories.make_institution())
    for one in Instalment.objects.filter(sponsorship=running, status="planned"):
        perform(one, "fall_due", by=manager)
    return list(Instalment.objects.filter(sponsorship=running).order_by("number"))


def invoices(client, due, numbers, on=None) -> dict:
    said = previewed(client, INSTALMENTS, "invoice", due)["posted"]
    said |= {"shared-on": (on or timezone.localdate()).isoformat(), "shared-payable_on": ""}
    lines = {f"{one.pk}-number": number for one, number in zip(due, numbers, strict=True)}
    return said | lines | {f"{one.pk}-vat_rate": "20.0" for one in due}


def test_a_number_given_twice_is_told_with_every_other_mistake(client, manager, due):
    posted = invoices(client, due, ["F-1", " f-1", ""])
    page = client.post(INSTALMENTS, posted)
    first, second, third = (line.form.errors for line in page.context["able"])
    twin = f"“f-1” is also the number that you gave to {due[0].short_reference}."
    assert not first and twin in str(second["number"]) and "This field is required" in str(third["number"])
    assert statuses(due) == ["due"] * 3 and not ActAtOnce.objects.exists()
    sure = {f"{due[1].pk}-number-sure": "f-1", f"{due[2].pk}-number": "F-3"}
    assert client.post(INSTALMENTS, {**posted, **sure}).status_code == 302 and statuses(due) == ["invoiced"] * 3


def test_a_day_that_is_too_early_is_told_with_every_other_mistake(client, manager, due):
    early = due[0].agreement.binds_from - timedelta(days=1)
    page = client.post(INSTALMENTS, invoices(client, due, ["F-1", "", "F-3"], on=early))
    lines = page.context["able"]
    assert len(lines) == 3 and all("Its agreement takes effect on" in line.mistakes[0] for line in lines)
    assert "This field is required" in str(lines[1].form.errors["number"])


def payments(client, due, amounts, mode) -> dict:
    """Invoice these instalments, and return what the page would post to record what was received of them."""
    client.post(INSTALMENTS, invoices(client, due, [f"F-{one.number}" for one in due]))
    posted = previewed(client, INSTALMENTS, "receive", due)["posted"]
    posted |= {"shared-on": timezone.localdate().isoformat(), "note": "By one transfer.", "mode": mode}
    for one, amount in zip(due, amounts, strict=True):
        posted |= {f"{one.pk}-reference": f"VIR {one.number}", f"{one.pk}-vat_rate": "20.0", f"{one.pk}-amount": amount}
    return posted


def test_all_that_is_refused_as_a_whole_stands_there_to_be_corrected(client, manager, due):
    posted = payments(client, due, ["1200", "1000", "900"], "all")
    page = client.post(INSTALMENTS, posted)
    assert page.text.count("Record it as a partial payment.") == 2
    assert statuses(due) == ["invoiced"] * 3 and not ActAtOnce.objects.filter(act="receive").exists()
    assert [len(line.mistakes) for line in page.context["able"]] == [0, 1, 1]
    assert "VIR 2" in page.text and "By one transfer." in page.text and "all of them or none" not in page.text
    right = {f"{one.pk}-amount": "1200" for one in due}
    client.post(INSTALMENTS, {**posted, **right})
    assert statuses(due) == ["received"] * 3


def tried_again(client, outcome):
    """Press the button under what was not done."""
    assert "Try again with what you entered" in outcome.text
    form = outcome.text[outcome.text.index("<form", outcome.text.index("Not done to")) :].partition("</form>")[0]
    hidden = re.findall(r'name="(act|again|chosen)" value="(\w+)"', form)
    posted = {name: [value for key, value in hidden if key == name] for name in ("act", "again", "chosen")}
    return client.post(outcome.context["again_url"], posted)


def test_what_was_refused_while_others_were_done_is_corrected_with_what_was_entered(client, manager, due):
    posted = payments(client, due, ["1200", "1000", "1200"], "each")
    # Somebody else changes the third meanwhile.
    Instalment.objects.filter(pk=due[2].pk).update(purchase_order="PO-77")
    outcome = client.post(INSTALMENTS, posted, follow=True)
    assert statuses(due) == ["received", "invoiced", "invoiced"]
    assert "Done to 1 record" in outcome.text and "Not done to 2 records" in outcome.text
    page = tried_again(client, outcome)
    assert [line.record.pk for line in page.context["able"]] == [one.pk for one in due[1:]]
    assert "These were not done." in page.text and "Nothing is recorded yet" not in page.text
    partial, changed = [line.mistakes for line in page.context["able"]]
    assert "Record it as a partial payment." in partial[0] and "Look at it again." in changed[0]
    assert "VIR 2" in page.text and "VIR 3" in page.text and "By one transfer." in page.text
    right = {name: value for name, value in posted.items() if not name.startswith(f"{due[0].pk}-")}
    right |= {"chosen": [one.pk for one in due[1:]], f"{due[1].pk}-amount": "1200"}
    right |= dict(re.findall(r'name="(stamp-\d+)" value="(\w+)"', page.text))
    corrected = client.post(INSTALMENTS, right, follow=True)
    assert statuses(due) == ["received"] * 3 and "Done to 2 records" in corrected.text
    assert ActAtOnce.objects.filter(act="receive").count() == 2
    # Of the first time nothing is left to be tried.
    earlier = client.get(f"/admin/lists/at-once/{ActAtOnce.objects.filter(act='receive').last().pk}/").text
    assert "Not done to 2 records" in earlier and "Try again" not in earlier


def test_a_mistake_elsewhere_costs_nothing_of_a_record_that_somebody_changed(client, manager, due):
    posted = payments(client, due, ["1200", "", "1200"], "all")
    Instalment.objects.filter(pk=due[2].pk).update(purchase_order="PO-77")
    page = client.post(INSTALMENTS, posted)
    assert "This field is required" in page.text and "Somebody else changed this record meanwhile" in page.text
    assert len(page.context["able"]) == 3 and "VIR 3" in page.text and statuses(due) == ["invoiced"] * 3


def test_a_reason_that_was_typed_is_not_lost_with_a_record_that_somebody_changed(client, manager, cluster):
    chairs = submitted(cluster)
    posted = previewed(client, CHAIRS, "approve", chairs)["posted"] | {"note": "The council of May agreed."}
    changed = Chair.objects.get(pk=chairs[1].pk)
    changed.acronym = "NEW"
    changed.save()
    outcome = client.post(CHAIRS, posted, follow=True)
    assert "Nothing was done." in outcome.text
    page = tried_again(client, outcome)
    assert len(page.context["able"]) == 3 and "The council of May agreed." in page.text
    assert [line.mistakes for line in page.context["able"]] == [
        [],
        ["Somebody else changed this record meanwhile. Look at it again."],
        [],
    ]
    assert client.post(CHAIRS, {"act": "approve", "chosen": chairs[0].pk, "again": "7"}).status_code == 200


@pytest.mark.exhaustive(counted=True)
def test_held_decisions_are_told_together_and_not_before(client, manager, cluster):
    chair = factories.make_chair("active", cluster=cluster)
    proposals = [factories.make_sponsorship("in_review", chair=chair) for _one in range(2)]
    seen = previewed(client, SPONSORSHIPS, "accept", proposals[:1])
    posted, button = seen["posted"], "Hold: decide now, tell later"
    assert button in seen["page"].text
    said = client.post(SPONSORSHIPS, {**posted, "note": "Welcome.", "hold": "1"}, follow=True).text
    assert "Decided on 1 record, and held" in said and "/admin/core/helddecision/" in said and "Done to" not in said
    assert re.search(r">\s*held\s*</a>", client.get("/admin/core/helddecision/").text)
    verb = f"/admin/sponsorships/sponsorship/{proposals[1].pk}/verb/decline/"
    assert button in client.get(verb).text and button not in client.get(verb.replace("decline", "terminate")).text
    client.post(verb, {"note": "Too late.", "hold": "1"})
    held = list(HeldDecision.objects.order_by("pk"))
    assert [one.verb for one in held] == ["accept", "decline"]
    assert statuses(proposals) == ["in_review"] * 2 and not OutgoingMail.objects.exists()
    contact = proposals[0].created_by
    client.force_login(contact)
    assert "Welcome." not in client.get(f"/en/my/sponsorships/{proposals[0].reference}/", follow=True).text
    client.force_login(manager)
    assert "holds the decision back" in client.get(f"/admin/sponsorships/sponsorship/{proposals[0].pk}/change/").text
    desk = client.get("/admin/desk/").text
    assert desk.count("Release it, or drop it") == 2 and "2 decisions are held back" in client.get("/admin/").text
    assert "held already" in client.post(verb, {"note": "Again.", "hold": "1"}).text

    seen = previewed(client, HELD, "release", held)
    assert f"Accept: {held[0].name}" in seen["page"].context["able"][0].name
    assert contact.email in seen["page"].text and "Too late." in seen["page"].text
    assert statuses(proposals) == ["in_review"] * 2 and not OutgoingMail.objects.exists()
    client.post(HELD, seen["posted"])
    assert statuses(proposals) == ["accepted", "declined"]
    assert OutgoingMail.objects.filter(recipient=contact, occasion="sponsorships/accepted_partner").exists()
    assert Sponsorship.objects.get(pk=proposals[0].pk).transitions.last().note == "Welcome."
    assert {one.is_released for one in HeldDecision.objects.all()} == {True}


@pytest.mark.usefixtures("search_index")
def test_a_held_decision_is_found_by_what_finds_its_record(client, manager, cluster):
    chair = factories.make_chair(
        "active", cluster=cluster, title_en="Kind Machines", title_fr="Machines bienveillantes"
    )
    proposal = factories.make_sponsorship("in_review", chair=chair)
    client.post(f"/admin/sponsorships/sponsorship/{proposal.pk}/verb/decline/", {"note": "Too late.", "hold": "1"})
    held, reference = HeldDecision.objects.get(), proposal.short_reference
    texts = [reference, reference.lower().replace("-", " "), "-".join(reference.split("-")[1:]), "bienveillantes"]
    for text in [*texts, "kind machines", str(proposal.partner), manager.name]:
        page = client.get("/admin/core/helddecision/", {"q": text})
        assert list(page.context["cl"].queryset) == [held], text
    assert not client.get("/admin/core/helddecision/", {"q": "unkind"}).context["cl"].queryset


def test_a_held_decision_is_dropped_and_nothing_has_happened(client, manager, cluster):
    chair = submitted(cluster, 1)[0]
    client.post(f"/admin/chairs/chair/{chair.pk}/verb/approve/", {"note": "", "hold": "1"})
    held = HeldDecision.objects.get()
    client.post(HELD, previewed(client, HELD, "drop", [held])["posted"])
    assert statuses([chair]) == ["submitted"] and HeldDecision.objects.get().ended_by == manager
    assert not HeldDecision.objects.get().is_released
    client.force_login(make_staff(make_cluster(), Role.MANAGER, email="elsewhere@example.org"))
    assert client.get("/admin/core/helddecision/?state=all").context["cl"].result_count == 0
