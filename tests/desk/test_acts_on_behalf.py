"""Every act that a stand-in does says on whose behalf: whatever names an account as the one that did something."""

import re
import uuid

import pytest
from django.apps import apps
from django.test import Client

from chairs.models import Chair
from clusters.enums import Role
from clusters.standing_in import act_under
from conversations.threads import thread, write
from core.mail.queue import queue_mail
from core.model_fields import ActedForField
from core.models.mail import OutgoingMail
from rights.data_file import DID
from tests import factories
from tests.chairs.admin.forms import ADD, cap_data

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("field_history", "search_index")]
BOTH = "Bela Between, on behalf of Anna Away"
IN_A_MAIL = "Bela Between (on behalf of Anna Away)"
# Columns that another column of the same model completes, written before there was a field that does it by itself.
BESIDE = {"by": "on_behalf_of", "asked_by": "on_behalf_of", "decided_by": "decided_for", "uploaded_by": "on_behalf_of", "entered_by": "entered_for"}  # fmt: skip
# Records whose timeline says in its first line who began them, and on whose behalf.
BEGUN_IN_THE_TIMELINE = {
    "chairs.Activity.posted_by",
    "chairs.Chair.registered_by",
    "progress.ProgressReport.created_by",
    "sponsorships.Agreement.created_by",
    "sponsorships.Sponsorship.created_by",
    "yearly.ChairYearReport.created_by",
    "yearly.YearReport.created_by",
}
NOBODY_STANDS_IN = {
    "admin.LogEntry.user": "a library's log, which the panel does not show",
    "clusters.StaffInvitation.invited_by": "nobody manages a team on a colleague's behalf",
    "sponsorships.Endorsement.by": "an investigator endorses, and has no stand-in",
    "sponsorships.Sponsorship.taken_over_by": "a partner's contact takes over, and has no stand-in",
}


@pytest.fixture
def acting(delegation):
    user = type(delegation.stand_in).objects.get(pk=delegation.stand_in_id)
    act_under(user, delegation)
    return user


@pytest.fixture
def browser(delegation):
    browser = Client()
    browser.force_login(delegation.stand_in)
    browser.post(f"/admin/desk/stand-ins/{delegation.pk}/act/")
    return browser


def companions(model) -> dict[str, ActedForField]:
    return {field.actor: field for field in model._meta.concrete_fields if isinstance(field, ActedForField)}


def columns():
    for column in sorted(DID - BEGUN_IN_THE_TIMELINE - NOBODY_STANDS_IN.keys()):
        label, _dot, name = column.rpartition(".")
        yield apps.get_model(label), name


def test_every_column_that_names_who_acted_has_one_for_the_colleague():
    alone = []
    for model, name in columns():
        known = {field.name for field in model._meta.concrete_fields}
        for_others = {*BESIDE.values(), *(field.name for field in companions(model).values())}
        if name not in for_others and name not in companions(model) and BESIDE.get(name) not in known:
            alone.append(f"{model._meta.label}.{name}")
    assert alone == []


def test_each_of_them_is_filled_in_by_the_act_and_named(acting, away):
    for model, _name in columns():
        for actor, field in companions(model).items():
            row = model(**{actor: acting})
            field.pre_save(row, True)
            assert getattr(row, field.name) == away, field
            assert getattr(row, f"{actor}_names") == BOTH
            own = model(**{actor: type(acting).objects.get(pk=acting.pk)})
            field.pre_save(own, True)
            assert getattr(own, f"{actor}_names") == "Bela Between"


@pytest.mark.database
def test_a_note_and_a_task_that_is_given_say_so(browser, cluster, away):
    chair = factories.make_chair("submitted", cluster=cluster)
    third = factories.make_staff(cluster, Role.MANAGER, name="Cleo Third")
    there = f"/admin/desk/chairs/chair/{chair.pk}/"
    browser.post(f"{there}note/", {"text": "The jury met."})
    browser.post(f"{there}assign/", {"to": third.pk, "note": ""})
    page = browser.get(there).text
    assert page.count(BOTH) == 2
    assert IN_A_MAIL in OutgoingMail.objects.get(occasion="desk/assigned").text


@pytest.mark.database
def test_a_merge_and_a_list_taken_out_say_so(browser, cluster):
    kept, gone = (factories.make_person(name=name, registered_in=cluster) for name in ("Ada One", "Ada Two"))
    there = f"/admin/clusters/person/{kept.pk}/merge/{gone.pk}/"
    hidden = dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', browser.get(there).text))
    assert browser.post(there, {**hidden, "name": "kept", "family_name": "kept"}).status_code == 302
    assert BOTH in browser.get("/admin/clusters/person/duplicates/").text
    browser.post("/admin/lists/clusters/person/export/", {"columns": ["name"], "format": "csv"})
    assert BOTH in browser.get("/admin/core/listexport/").text


def test_a_message_says_so_to_the_office_and_not_to_the_partner(acting, cluster):
    contact = factories.make_contact()
    chair = factories.make_chair("active", cluster=cluster)
    sponsorship = factories.make_sponsorship("submitted", chair=chair, contact=contact)
    write(sponsorship, by=acting, text="Good morning.", token=uuid.uuid4())
    [line], [shown] = thread(sponsorship, acting), thread(sponsorship, contact.user)
    assert line.who.startswith(BOTH) and "Between" not in shown.who


def test_a_mail_names_both(acting, away, cluster):
    mail = queue_mail(away, "desk/assigned", {"by": acting, "title": "A task", "note": ""})
    assert IN_A_MAIL in mail.subject and IN_A_MAIL in mail.text


@pytest.mark.database
def test_the_page_of_a_record_names_both_who_began_it(browser, cluster):
    kind = factories.make_kind()
    assert browser.post(ADD, cap_data(cluster, kind)).status_code == 302
    chair = Chair.objects.get()
    page = browser.get(f"/admin/chairs/chair/{chair.pk}/change/?step=all").text
    assert re.search(rf"Registered by.{{0,80}}{BOTH}", page, re.S | re.I)


def test_so_does_that_of_a_proposal_with_the_partner_too(acting, browser, cluster):
    sponsorship = factories.make_sponsorship(
        "draft", chair=factories.make_chair("active", cluster=cluster), created_by=acting
    )
    sponsorship.log_beginning(by=acting)
    page = browser.get(f"/admin/sponsorships/sponsorship/{sponsorship.pk}/change/").text
    assert re.search(rf"Created by.{{0,80}}{BOTH}, on behalf of {sponsorship.partner}", page, re.S | re.I)
