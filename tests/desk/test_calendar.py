"""The calendar of deadlines: a month as a page, and a private address that shows what its owner sees at that moment."""

import datetime
import re

import pytest
from django.test import Client

from clusters.enums import Role
from core.ical import CalendarDay, calendar
from desk.models import CalendarAddress
from tests import factories
from tests.days import Day

pytestmark = [pytest.mark.django_db, pytest.mark.database]
DAY = Day(40)


@pytest.fixture
def cluster():
    return factories.make_cluster()


@pytest.fixture
def manager(client, cluster):
    user = factories.make_staff(cluster, Role.MANAGER)
    client.force_login(user)
    return user


def test_a_month_lists_what_ends_and_what_is_due(client, cluster, manager):
    factories.make_chair("active", cluster=cluster, title_en="Chair that ends", ends_on=DAY())
    factories.make_chair("active", title_en="Chair elsewhere", ends_on=DAY())
    instalment = factories.make_running(chair=factories.make_chair("active", cluster=cluster)).instalments.first()
    type(instalment).objects.filter(pk=instalment.pk).update(due_on=DAY(), status="planned")
    there = f"/admin/desk/calendar/?month={DAY():%Y-%m}"
    page = client.get(there).content.decode()
    assert "End of a chair" in page and "Chair that ends" in page and "Chair elsewhere" not in page
    assert "Instalment planned" in page and f"/admin/sponsorships/instalment/{instalment.pk}/change/" in page
    assert "Chair that ends" not in client.get("/admin/desk/calendar/?month=2019-01").content.decode()
    assert "This month is not known" in client.get("/admin/desk/calendar/?month=2019-13").content.decode()


def test_a_private_address_shows_what_its_owner_sees_then_and_nothing_once_it_is_revoked(client, cluster, manager):
    factories.make_chair("active", cluster=cluster, title_en="Chair that ends", ends_on=DAY())
    client.post("/admin/desk/calendar/address/")
    token = CalendarAddress.objects.get().token
    assert f"/calendar/{token}.ics" in client.get("/admin/desk/calendar/").content.decode()
    reader = Client()
    fetched = reader.get(f"/calendar/{token}.ics")
    text = fetched.content.decode().replace("\r\n ", "")
    assert fetched["Content-Type"].startswith("text/calendar") and "no-store" in fetched["Cache-Control"]
    assert f"DTSTART;VALUE=DATE:{DAY():%Y%m%d}" in text and "Chair that ends" in text
    role = manager.staff_roles.get()
    elsewhere = factories.make_cluster()
    role.cluster = elsewhere
    role.save()
    assert "Chair that ends" not in reader.get(f"/calendar/{token}.ics").content.decode()
    role.delete()
    assert reader.get(f"/calendar/{token}.ics").status_code == 404
    manager.staff_roles.create(cluster=cluster, role=Role.READER)
    assert reader.get(f"/calendar/{token}.ics").status_code == 200
    client.post("/admin/desk/calendar/address/", {"revoke": "1"})
    assert reader.get(f"/calendar/{token}.ics").status_code == 404


@pytest.mark.parametrize("token", ["%00", "abc%00def", "%F0%9F%98%80", "x" * 5_000])
def test_another_address_has_no_calendar(client, token):
    assert client.get(f"/calendar/{token}.ics").status_code == 404


def test_a_calendar_escapes_what_its_words_hold_and_folds_long_lines():
    title = "Chair; of “é”, with \\ and \n a break " + "é" * 60
    at = datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC)
    day = CalendarDay("chair-1", datetime.date(2026, 12, 1), f"End – {title}", "/admin/x/", at)
    text = "".join(calendar([day], "Desk"))
    lines = text.split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines) and lines[0] == "BEGIN:VCALENDAR"
    [summary] = re.findall(r"SUMMARY:(.*?)\r\nURL", text.replace("\r\n ", ""), re.DOTALL)
    assert summary.startswith("End – Chair\\; of “é”\\, with \\\\ and a break é")
