"""A stand-in acts on a colleague's behalf, on the days named, with their roles and never as a second pair of eyes."""

import datetime
import re
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from chairs.models import Chair
from chairs.perms import can_decide
from clusters.enums import Role
from clusters.models import ChangeRequest, Delegation
from clusters.standing_in import act_under
from core.models.mail import OutgoingMail
from imports.acts import bring
from imports.models import Import
from imports.perms import can_enter
from sponsorships.agreements import signature_page
from sponsorships.models import Agreement, Signature
from sponsorships.perms import can_record
from tests import factories
from tests.days import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("field_history", "search_index")]


def acting(user, delegation):
    """Return the person as a request has them that acts on the delegator's behalf; what they may do is read once."""
    fresh = type(user).objects.get(pk=user.pk)
    act_under(fresh, delegation)
    return fresh


def approve(client, chair):
    return client.post(f"/admin/chairs/chair/{chair.pk}/verb/approve/", {"note": ""})


def act_for(client, delegation):
    return client.post(f"/admin/desk/stand-ins/{delegation.pk}/act/", follow=True)


@pytest.mark.exhaustive(counted=True)
@pytest.mark.database
def test_a_stand_in_is_named_acts_on_behalf_and_every_line_says_so(client, cluster, away, stand_in):
    chair = factories.make_chair("submitted", cluster=cluster, title_en="Chair to decide on")
    client.force_login(away)
    days = {"starts_on": TODAY().isoformat(), "ends_on": (TODAY() + datetime.timedelta(days=5)).isoformat()}
    page = client.post("/admin/desk/stand-ins/here/name/", {"to": stand_in.pk, **days}, follow=True)
    assert "Bela Between stands in for you" in page.content.decode()
    assert OutgoingMail.objects.filter(occasion="staff/stands_in", recipient=stand_in).exists()
    client.force_login(stand_in)
    assert approve(client, chair).status_code == 403
    page = act_for(client, Delegation.objects.get()).content.decode()
    assert "Chair to decide on" in page and "You act on behalf of <strong>Anna Away" in page
    assert approve(client, chair).status_code == 302
    line = chair.transitions.get(verb="approve")
    assert (line.by, line.on_behalf_of) == (stand_in, away)
    record = client.get(f"/admin/chairs/chair/{chair.pk}/change/").content.decode()
    assert "Bela Between, on behalf of Anna Away" in record
    assert (
        "Bela Between, on behalf of Anna Away"
        in client.get(f"/admin/chairs/chair/{chair.pk}/history/").content.decode()
    )
    client.post("/admin/desk/stand-ins/stop/")
    other = factories.make_chair("submitted", cluster=cluster)
    assert approve(client, other).status_code == 403
    assert "on behalf of <strong>" not in client.get("/admin/").content.decode()


def test_it_ends_with_its_last_day_with_the_delegator_s_role_and_when_it_is_taken_back(client, cluster, delegation):
    client.force_login(delegation.stand_in)
    act_for(client, delegation)
    chair = factories.make_chair("submitted", cluster=cluster)
    there = f"/admin/chairs/chair/{chair.pk}/verb/approve/"
    assert client.get(there).status_code == 200
    delegation.delegator.staff_roles.update(role=Role.READER)
    assert client.get(there).status_code == 403
    delegation.delegator.staff_roles.update(role=Role.MANAGER)
    Delegation.objects.update(
        starts_on=TODAY() - datetime.timedelta(days=9), ends_on=TODAY() - datetime.timedelta(days=1)
    )
    assert client.get(there).status_code == 403
    Delegation.objects.update(ends_on=TODAY())
    assert client.get(there).status_code == 403  # what was over does not begin again by itself
    act_for(client, delegation)
    assert client.get(there).status_code == 200
    client.post(f"/admin/desk/stand-ins/{delegation.pk}/end/")
    assert client.get(there).status_code == 403


def test_who_acts_for_somebody_counts_as_both(cluster, away, stand_in, delegation):
    by_away = factories.make_chair("submitted", cluster=cluster, registered_by=away)
    by_stand_in = factories.make_chair("submitted", cluster=cluster, registered_by=stand_in)
    by_another = factories.make_chair("submitted", cluster=cluster)
    both = acting(stand_in, delegation)
    assert [can_decide(chair, both) for chair in (by_away, by_stand_in, by_another)] == [False, False, True]


@pytest.mark.database
def test_who_was_away_does_not_decide_what_was_begun_on_their_behalf(client, cluster, away, stand_in, delegation):
    chair = factories.make_chair("draft", cluster=cluster, registered_by=stand_in, title_en="Begun on behalf")
    chair.log("begin", by=acting(stand_in, delegation))
    Chair.objects.filter(pk=chair.pk).update(status="submitted", submitted_at=timezone.now())
    other = factories.make_chair("submitted", cluster=cluster, registered_by=stand_in, title_en="In their own name")
    client.force_login(away)
    assert approve(client, chair).status_code == 403
    page = re.sub(r"\s+", " ", client.get("/admin/").content.decode())
    assert "In their own name" in page and "Begun on behalf" not in page
    assert approve(client, other).status_code == 302


def test_only_a_colleague_of_the_cluster_stands_in_and_nothing_lent_is_lent_on(client, cluster, away, delegation):
    outsider = factories.make_staff(factories.make_cluster(), Role.MANAGER)
    days = {"starts_on": TODAY().isoformat(), "ends_on": TODAY().isoformat()}
    client.force_login(away)
    client.post("/admin/desk/stand-ins/here/name/", {"to": outsider.pk, **days})
    client.post("/admin/desk/stand-ins/here/name/", {"to": away.pk, **days})
    assert Delegation.objects.count() == 1
    client.force_login(delegation.stand_in)
    act_for(client, delegation)
    page = client.post("/admin/desk/stand-ins/here/name/", {"to": away.pk, **days}).content.decode()
    assert "Whoever acts on behalf of somebody names no stand-in" in page and Delegation.objects.count() == 1
    client.force_login(outsider)
    assert client.post(f"/admin/desk/stand-ins/{delegation.pk}/act/").status_code == 404
    assert client.post(f"/admin/desk/stand-ins/{delegation.pk}/end/").status_code == 404


@pytest.mark.database
@pytest.mark.parametrize("asks", ["away", "stand_in"])
def test_neither_confirms_a_change_that_the_other_asked_for(client, cluster, away, stand_in, delegation, asks):
    chair = factories.make_chair(
        "active", cluster=cluster, starts_on=datetime.date(2026, 1, 1), ends_on=datetime.date(2029, 12, 31)
    )
    client.force_login(away if asks == "away" else stand_in)
    if asks == "stand_in":
        act_for(client, delegation)
    values = {"starts_on": "2026-01-01", "ends_on": "2030-12-31", "why": "The grant was prolonged."}
    assert client.post(f"/admin/chairs/chair/{chair.pk}/ask/", values).status_code == 302
    asked = ChangeRequest.objects.get()
    there = f"/admin/clusters/changerequest/{asked.pk}/decide/"
    client.force_login(stand_in if asks == "away" else away)
    if asks == "away":
        act_for(client, delegation)
    assert "a colleague does" in client.post(there, {"decision": "confirm"}).content.decode()
    asked.refresh_from_db()
    assert asked.decided_at is None
    # A third one does, and reads who asked.
    client.force_login(factories.make_staff(cluster, Role.EDITOR))
    said = "Anna Away, on" if asks == "away" else "Bela Between, on behalf of Anna Away, on"
    assert said in client.get(there).content.decode()
    assert client.post(there, {"decision": "confirm"}).status_code == 302
    chair.refresh_from_db()
    assert chair.ends_on == datetime.date(2030, 12, 31)


@pytest.mark.database
def test_who_was_away_does_not_record_a_higher_promise_written_on_their_behalf(client, cluster, away, delegation):
    sponsorship = factories.make_sponsorship("accepted", chair=factories.make_chair("active", cluster=cluster))
    agreement = factories.make_agreement(sponsorship, cash_amount=Decimal(90_000))
    higher = agreement.history.latest().pk
    agreement.cash_amount = Decimal(50_000)
    agreement.save()
    assert can_record(agreement, away)
    client.force_login(delegation.stand_in)
    act_for(client, delegation)
    assert client.post(f"/admin/sponsorships/agreement/{agreement.pk}/history/{higher}/").status_code == 302
    agreement = Agreement.objects.get(pk=agreement.pk)
    assert agreement.cash_amount == Decimal(90_000) and not can_record(agreement, away)
    assert can_record(agreement, factories.make_staff(cluster, Role.MANAGER))


@pytest.mark.database
def test_neither_enters_what_the_other_imports_where_two_must(cluster, away, stand_in, delegation):
    both = acting(stand_in, delegation)
    by_away = Import.objects.create(cluster=cluster, uploaded_by=away, needs_second=True)
    on_behalf = Import.objects.create(cluster=cluster, uploaded_by=stand_in, on_behalf_of=away, needs_second=True)
    by_another = Import.objects.create(cluster=cluster, uploaded_by=factories.make_user(), needs_second=True)
    assert [can_enter(one, both) for one in (by_away, on_behalf, by_another)] == [False, False, True]
    assert [can_enter(one, away) for one in (by_away, on_behalf, by_another)] == [False, False, True]


@pytest.mark.database
def test_an_import_notes_on_whose_behalf_it_was_brought(cluster, away, stand_in, delegation):
    table = SimpleUploadedFile("people.csv", b"name\nAda Lovelace\n")
    brought = bring(Import(cluster=cluster), [table], by=acting(stand_in, delegation))
    brought.refresh_from_db()
    assert (brought.uploaded_by, brought.on_behalf_of) == (stand_in, away)


def test_the_signature_page_names_both(away, stand_in):
    agreement = factories.make_running().agreements.get()
    now = timezone.now()
    Signature.objects.filter(agreement=agreement).delete()
    Signature.objects.create(
        agreement=agreement,
        side="institution",
        name="Bela B.",
        user=stand_in,
        on_behalf_of=away,
        at=now,
        sha256="0" * 64,
    )
    agreement.frozen, agreement.issued_at = {"title": "Agreement"}, now
    facts = [fact for section in signature_page.contents(agreement)["sections"] for fact in section.get("facts", [])]
    assert any(fact[1] == "Anna Away" for fact in facts) and any(fact[1] == "Bela B." for fact in facts)
