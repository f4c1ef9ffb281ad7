"""What waits for a report waits for that report, and for its own date; nobody calls or invoices it before."""

import datetime

import pytest
from django.utils import timezone

from core.exceptions import Refused
from core.verbs import why_not
from sponsorships.accounting.due_dates import call_due
from sponsorships.models import Instalment
from tests import factories
from tests.personas import EDITOR, FINANCE, MANAGER, PI
from tests.sponsorships.admin.money import day
from tests.verbs import perform

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("whole_cast", "field_history")]
FIRST, LAST = datetime.date(2026, 1, 1), datetime.date(2026, 6, 30)


@pytest.fixture
def running(cast):
    return factories.make_running(by=cast[MANAGER], parts=[20_000, 30_000], chair=cast.chair)


def wait(running, due_on=None, first=FIRST, last=LAST):
    told = {"condition": "report", "due_on": due_on, "report_from": first, "report_until": last}
    running.instalments.filter(number=2).update(**told)
    return running.instalments.get(number=2)


def accept(cast, running, first=FIRST, last=LAST):
    report = factories.make_report(running, "submitted", by=cast[PI], starts_on=first, ends_on=last)
    return perform(report, "accept", by=cast[EDITOR])


def status(instalment):
    return Instalment.objects.get(pk=instalment.pk).status


def test_finance_calls_none_without_its_report(cast, running):
    waiting = wait(running)
    sentence = "It depends on an accepted report covering 1 January 2026 to 30 June 2026"
    assert any(sentence in reason for reason in why_not(waiting, "fall_due", cast[FINANCE]))
    with pytest.raises(Refused, match=sentence):
        perform(waiting, "fall_due", by=cast[FINANCE])
    assert waiting not in call_due()


def test_nor_invoices_one_that_came_to_be_due(cast, running):
    waiting = wait(running)
    Instalment.objects.filter(pk=waiting.pk).update(status="due", due_at=timezone.now())
    with pytest.raises(Refused, match="no accepted report covers 1 January 2026"):
        perform(Instalment.objects.get(pk=waiting.pk), "invoice", by=cast[FINANCE], details={"number": "F-9"})


def test_another_periods_report_makes_nothing_due(cast, running):
    waiting = wait(running)
    accept(cast, running, datetime.date(2026, 7, 1), datetime.date(2026, 12, 31))
    assert status(waiting) == "planned"
    accept(cast, running, FIRST, datetime.date(2026, 3, 31))
    assert status(waiting) == "planned"
    assert "no accepted report covers 1 April 2026" in why_not(waiting, "fall_due", None)[0]
    accept(cast, running, datetime.date(2026, 4, 1), LAST)
    assert status(waiting) == "due", "two halves cover it"


def test_the_date_stands_though_the_report_is_accepted(cast, running):
    waiting = wait(running, due_on=day(120))
    accept(cast, running)
    assert status(waiting) == "planned"
    assert "It is planned for" in why_not(waiting, "fall_due", cast[FINANCE])[0]
    assert waiting not in call_due()
    Instalment.objects.filter(pk=waiting.pk).update(due_on=timezone.localdate())
    assert waiting in call_due(), "the later of the two has come"


def test_the_night_calls_what_its_report_and_its_date_allow(cast, running):
    waiting = wait(running, due_on=day(-1))
    assert waiting not in call_due()
    accept(cast, running)
    assert status(waiting) == "due"


def test_the_schedule_asks_for_the_period_beside_its_fields(client, cast):
    sponsorship = factories.make_sponsorship("accepted", chair=cast.chair)
    agreement = factories.make_agreement(sponsorship, by=cast[MANAGER])
    row = agreement.instalments.get()
    client.force_login(cast[MANAGER])
    address = f"/admin/sponsorships/agreement/{agreement.pk}/change/"
    form = client.get(address).context["adminform"].form
    data = {name: "" if value is None else value for name, value in form.initial.items()}
    data |= {
        "cash_amount": "50000",
        "in_kind_amount": "",
        "skills_amount": "",
        "instalments-TOTAL_FORMS": "1",
        "instalments-INITIAL_FORMS": "1",
        "instalments-0-id": row.pk,
        "instalments-0-agreement": agreement.pk,
        "instalments-0-amount": "50000",
        "instalments-0-condition": "report",
        "instalments-0-due_on": "",
    }
    data.pop("document", None)
    data.pop("file", None)
    page = client.post(address, data).content.decode()
    assert page.count("Enter the start and the end of the period that the report must cover") >= 2, "beside both"
    period = {"instalments-0-report_from": "2027-01-01", "instalments-0-report_until": "2027-06-30"}
    assert client.post(address, data | period).status_code == 302
    kept = agreement.instalments.get()
    assert (kept.report_from, kept.report_until) == (datetime.date(2027, 1, 1), datetime.date(2027, 6, 30))
