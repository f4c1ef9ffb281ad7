"""Whoever acts on a colleague's behalf is no second person beside them, whatever is decided, and each act names both."""

import datetime

import pytest
from django.test import Client

from clusters.enums import Role
from clusters.models import ChangeRequest, Delegation, StaffInvitation
from clusters.standing_in import act_under
from core.models import HeldDecision
from core.models.mail import OutgoingMail
from imports import acts
from tests import factories
from tests.imports.workbooks import said, upload, workbook

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("field_history", "search_index")]
BOTH = "Bela Between, on behalf of Anna Away"
IN_A_MAIL = "Bela Between (on behalf of Anna Away)"
PORTFOLIO = {
    "People": [["Name"], ["Ada Lovelace"]],
    "Chairs": [["Title (English)", "Kind", "Starts on", "Ends on", "Status"], ["Kind Machines", "", "2026-01-01", "2029-12-31", "Approved"]],
    "People of the chairs": [["Chair", "Person", "Role", "Affiliation that counts"], ["Kind Machines", "Ada Lovelace", "Chair holder", ""]],
}  # fmt: skip


@pytest.fixture
def third(cluster):
    return factories.make_staff(cluster, Role.MANAGER, name="Cleo Third")


@pytest.fixture
def acting(delegation):
    """Return the browser of the stand-in, who has begun to act on the colleague's behalf."""
    browser = signed_in(delegation.stand_in)
    browser.post(f"/admin/desk/stand-ins/{delegation.pk}/act/")
    return browser


def signed_in(user) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def on_behalf(delegation):
    user = type(delegation.stand_in).objects.get(pk=delegation.stand_in_id)
    act_under(user, delegation)
    return user


def ask(browser, chair) -> str:
    values = {"starts_on": "2026-01-01", "ends_on": "2030-12-31", "why": "Prolonged."}
    assert browser.post(f"/admin/chairs/chair/{chair.pk}/ask/", values).status_code == 302
    return f"/admin/clusters/changerequest/{ChangeRequest.objects.latest('pk').pk}/decide/"


@pytest.fixture
def chair(cluster):
    return factories.make_chair(
        "active", cluster=cluster, starts_on=datetime.date(2026, 1, 1), ends_on=datetime.date(2029, 12, 31)
    )


@pytest.mark.database
def test_a_change_that_one_of_them_asks_for_is_decided_by_neither(acting, away, third, chair):
    there, confirm = ask(acting, chair), {"decision": "confirm"}
    assert {mail.recipient for mail in OutgoingMail.objects.filter(occasion="changes/asked")} == {third}
    assert f"{IN_A_MAIL} asks" in OutgoingMail.objects.get(occasion="changes/asked").text
    for browser in (signed_in(away), acting):
        assert "a colleague does" in browser.post(there, confirm).text
        assert there not in browser.get("/admin/").text
    assert BOTH in signed_in(third).get(there).text and there in signed_in(third).get("/admin/").text
    assert "stays as it is" in signed_in(third).post(there, {"decision": "refuse"}, follow=True).text
    again = ask(signed_in(away), chair)
    assert "a colleague does" in acting.post(again, confirm).text
    # In their own name they are a colleague like any other.
    acting.post("/admin/desk/stand-ins/stop/")
    assert "the change is made" in acting.post(again, confirm, follow=True).text


def test_a_decision_names_both(acting, third, chair):
    there = ask(signed_in(third), chair)
    assert BOTH in acting.post(there, {"decision": "confirm"}, follow=True).text
    assert f"{IN_A_MAIL} has confirmed" in OutgoingMail.objects.get(occasion="changes/confirmed").text


def test_a_mail_names_both_in_the_language_of_its_reader(acting, third, chair):
    type(third).objects.filter(pk=third.pk).update(language="fr")
    ask(acting, chair)
    assert "Bela Between (au nom d’Anna Away) demande" in OutgoingMail.objects.get(occasion="changes/asked").text


def portfolio():
    factories.make_phase()
    kind, school = (
        factories.make_kind(name_en="Chair of excellence"),
        factories.make_institution(name="School of Trials"),
    )
    sheets = {name: [list(line) for line in lines] for name, lines in PORTFOLIO.items()}
    sheets["Chairs"][1][1], sheets["People of the chairs"][1][3] = kind.name_en, school.name
    return upload(workbook(**sheets))


@pytest.fixture
def bring_and_enter(django_capture_on_commit_callbacks):
    def act(do, *args, **options):
        with django_capture_on_commit_callbacks(execute=True):
            return do(*args, **options)

    return act


def test_an_import_is_entered_by_somebody_beside_both(cluster, away, stand_in, third, delegation, bring_and_enter):
    user = on_behalf(delegation)
    batch = bring_and_enter(acts.bring, cluster.imports.model(cluster=cluster), [portfolio()], by=user)
    batch.refresh_from_db()
    assert (said(batch), batch.problems, batch.needs_second) == ([], [], True)
    assert [bool(acts.why_not_enter(batch, one)) for one in (user, away, third)] == [True, True, False]
    page = signed_in(third).get(f"/admin/imports/import/{batch.pk}/change/").text
    assert BOTH in page
    bring_and_enter(acts.enter, batch, by=third)
    [chair] = cluster.chairs.all()
    assert chair.status == "approved" and BOTH in {line.who for line in chair.transitions.all()}
    assert BOTH in signed_in(third).get(f"/admin/chairs/chair/{chair.pk}/history/").text


def test_an_import_of_the_colleague_is_not_entered_on_their_behalf(cluster, away, delegation, third, bring_and_enter):
    batch = bring_and_enter(acts.bring, cluster.imports.model(cluster=cluster), [portfolio()], by=away)
    batch.refresh_from_db()
    assert acts.why_not_enter(batch, on_behalf(delegation)) and not acts.why_not_enter(batch, third)


@pytest.mark.parametrize("releases", ["the stand-in", "another manager"])
def test_a_decision_held_on_behalf_is_released_and_says_so(acting, cluster, third, releases):
    proposed = factories.make_chair("submitted", cluster=cluster)
    acting.post(f"/admin/chairs/chair/{proposed.pk}/verb/approve/", {"note": "", "hold": "1"})
    [held] = HeldDecision.objects.all()
    assert BOTH in acting.get(f"/admin/chairs/chair/{proposed.pk}/change/").text
    browser = acting if releases == "the stand-in" else signed_in(third)
    there = "/admin/lists/core/helddecision/at-once/"
    page = browser.post(there, {"act": "release", "chosen": held.pk})
    [line] = page.context["able"]
    browser.post(there, {"act": "release", "chosen": held.pk, "mode": "all", f"stamp-{held.pk}": line.stamp})
    assert proposed.transitions.get(verb="approve").who == BOTH


def test_a_decision_held_on_behalf_falls_with_the_standing_in(acting, cluster, third, delegation):
    proposed = factories.make_chair("submitted", cluster=cluster)
    acting.post(f"/admin/chairs/chair/{proposed.pk}/verb/approve/", {"note": "", "hold": "1"})
    Delegation.objects.filter(pk=delegation.pk).update(ended_at=delegation.made_at)
    posted = {"act": "release", "chosen": HeldDecision.objects.get().pk}
    page = signed_in(third).post("/admin/lists/core/helddecision/at-once/", posted)
    assert page.context["able"] == [] and proposed.transitions.count() == 0


def test_a_team_is_nobody_s_to_change_on_behalf(acting, away, third):
    assert acting.get("/admin/team/here/").status_code == 200
    assert acting.get("/admin/team/here/invite/").status_code == 403
    assert acting.post("/admin/team/here/invite/", {"email": "x@example.org", "role": "manager"}).status_code == 403
    role = third.staff_roles.get()
    assert acting.post(f"/admin/team/here/roles/{role.pk}/end/").status_code == 403
    assert not StaffInvitation.objects.exists() and third.staff_roles.exists()
    assert signed_in(away).get("/admin/team/here/invite/").status_code == 200


def test_a_request_to_join_a_partner_is_not_answered_on_behalf_of_who_asks(acting, away, cluster):
    partner = factories.make_sponsorship("submitted", chair=factories.make_chair("active", cluster=cluster)).partner
    asked = factories.make_contact(partner, away, state="requested", is_primary=False, is_signatory=False)
    there = f"/admin/partners/contact/{asked.pk}/verb/admit/"
    assert acting.post(there).status_code == 403
    other = factories.make_contact(partner, state="requested", is_primary=False, is_signatory=False)
    assert acting.get(f"/admin/partners/contact/{other.pk}/verb/admit/").status_code == 200
