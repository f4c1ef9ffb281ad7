"""load_demo: what it adds on top of the real directory, loaded once for the module."""

import datetime

import pytest
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone

from accounts.models import User
from chairs.composition import broken_rules_of
from chairs.enums import ChairStatus
from chairs.models import Activity, Chair, ClusterShare
from clusters.enums import Origin, Role
from clusters.models import ChangeRequest, Cluster, Delegation, Person, StaffRole
from collaborations.models import Collaboration
from collaborations.money import amounts_of
from core.models import HeldDecision
from core.models.mail import OutgoingMail
from core.verbs import verbs_of
from demo.cast import PASSWORD
from desk.models import TaskNote
from figures.dated import figures_of
from imports.enums import ImportStatus, Outcome
from imports.models import Import
from partners.models import Contact, Partner
from progress.enums import ReportStatus
from sponsorships.enums import (
    AgreementStatus,
    Contribution,
    EntryKind,
    InstalmentCondition,
    InstalmentStatus,
    SponsorshipStatus,
)
from sponsorships.models import Agreement, ClosedYear, Instalment, LateEntry, LedgerEntry, Sponsorship

pytestmark = [
    pytest.mark.usefixtures("demonstration_for_the_module"),
    pytest.mark.django_db,
    pytest.mark.database,
    pytest.mark.exhaustive(counted=True),
]

BREAKS_ITS_RULE = "where-an-image-comes-from"


def invented(model):
    return model.objects.filter(origin=Origin.DEMONSTRATION)


def test_there_are_chairs_and_sponsorships_in_every_status():
    assert set(Chair.objects.values_list("status", flat=True)) == set(ChairStatus)
    assert set(Sponsorship.objects.values_list("status", flat=True)) == set(SponsorshipStatus)


def test_every_record_made_up_says_so():
    assert invented(Chair).count() == Chair.objects.exclude(origin=Origin.SOURCED).count() == 56
    assert invented(Partner).count() == Partner.objects.count()
    assert invented(Sponsorship).count() == Sponsorship.objects.count()
    assert not Person.objects.filter(origin=Origin.REGISTERED).exists()


def test_nobody_invented_bears_a_sourced_name():
    names = set(invented(Person).values_list("name", flat=True))
    sourced = set(Person.objects.filter(origin=Origin.SOURCED).values_list("name", flat=True))
    assert len(names) > 50 and len(sourced) > 20
    assert not names & sourced


def test_every_cluster_collaborates_in_three_years_and_shares_divide_the_money():
    found = invented(Collaboration)
    assert set(Cluster.objects.filter(collaborations__in=found)) == set(Cluster.objects.all())
    assert all(found.running_in(year).exists() for year in (2023, 2024, 2025))
    paid = found.exclude(funding=None)
    assert paid.count() > 5
    for one in paid:
        assert sum(amounts_of(one, one.participants.all()).values()) == one.funding
        one.full_clean()
    assert found.filter(participants__kind="company").exists() and found.exclude(countries=["FR"]).exists()


def test_the_21_caps_obey_their_rule_but_for_the_one_whose_investigator_left():
    caps = invented(Chair).published().filter(kind__slug="cap")
    assert caps.count() == 21
    assert [chair.slug for chair in caps if broken_rules_of(chair)] == [BREAKS_ITS_RULE]


def test_every_other_public_chair_obeys_its_rule():
    others = invented(Chair).published().exclude(kind__slug="cap")
    assert others.count() > 15
    assert [chair.slug for chair in others if broken_rules_of(chair)] == []


def test_every_cluster_has_chairs_and_every_text_stands_in_both_languages():
    assert invented(Chair).values("cluster").distinct().count() == 9
    for model, names in ((Chair, ("title", "summary", "description")), (Activity, ("title", "description"))):
        for record in model.objects.filter(**({"origin": Origin.DEMONSTRATION} if model is Chair else {})):
            assert all(getattr(record, f"{name}_{language}") for name in names for language in ("en", "fr")), record


def test_a_life_is_written_in_order_and_ends_at_the_status():
    for record in [*invented(Chair), *invented(Sponsorship)]:
        lines = list(record.transitions.order_by("pk"))
        born = record.registered_at if isinstance(record, Chair) else record.created_at
        moments = [born, *(line.at for line in lines), record.updated_at]
        assert moments == sorted(moments), record
        assert not lines or lines[-1].target == record.status


def test_activities_look_for_money_and_never_have_too_much():
    assert Activity.objects.open().count() > 20
    for activity in Activity.objects.all():
        agreed = activity.sponsorships.agreed().values_list("cash_amount", flat=True)
        assert sum(amount or 0 for amount in agreed) <= activity.target


def test_the_ledger_fits_and_tells_of_money_in_each_of_three_years():
    call_command("check_ledger", verbosity=0)
    for kind in EntryKind:
        assert LedgerEntry.objects.filter(kind=kind).exists(), kind
    assert {*LedgerEntry.objects.values_list("contribution", flat=True)} == set(Contribution)
    years = {day.year for day in LedgerEntry.objects.dates("effective_on", "year")}
    # On the first days of a year nothing is paid yet.
    last = max(years)
    assert {last - 2, last - 1} <= years and last >= timezone.localdate().year - 1
    assert not LedgerEntry.objects.filter(recorded_at__gt=timezone.now()).exists()


def test_every_sort_of_payment_is_shown():
    assert Instalment.objects.overdue(timezone.localdate()).exists()
    assert set(Instalment.objects.values_list("status", flat=True)) >= set(InstalmentStatus)
    waiting = Instalment.objects.filter(status=InstalmentStatus.PLANNED, condition=InstalmentCondition.REPORT)
    assert waiting.filter(reports__status=ReportStatus.SUBMITTED).exists()
    assert Instalment.objects.exclude(superseded_by=None).exists()
    assert LedgerEntry.objects.filter(kind=EntryKind.RECEIVED).exclude(reverses=None).exists()
    waiting = Agreement.objects.filter(status=AgreementStatus.AWAITING_SIGNATURE)
    assert {agreement.signatures.count() for agreement in waiting} == {0, 1}
    assert not Sponsorship.objects.filter(status=SponsorshipStatus.ACTIVE, agreements=None).exists()


def test_a_manager_finds_chairs_to_approve_at_once_and_one_whose_rule_is_broken():
    manager = User.objects.get(email="manager.postgenai-paris@example.org")
    waiting = invented(Chair).filter(cluster__slug="postgenai-paris", status=ChairStatus.SUBMITTED)
    verb = verbs_of(Chair)["approve"]
    assert len([chair for chair in waiting if not verb.why_not(chair, manager)]) == 5
    assert [chair.slug for chair in waiting if broken_rules_of(chair)] == ["memory-of-building-sites"]


def test_finance_finds_twelve_instalments_to_invoice_or_to_call():
    finance = User.objects.get(email="finance.postgenai-paris@example.org")
    due = Instalment.objects.filter(
        status=InstalmentStatus.DUE, sponsorship__chair__cluster__slug="postgenai-paris"
    ).select_related("sponsorship")
    # On the first days of a quarter there are more.
    assert len(due) >= 12 and {one.sponsorship.regime for one in due} == {"partnership", "patronage"}
    assert [verbs_of(Instalment)["invoice"].why_not(one, finance) for one in due] == [[]] * len(due)


def test_a_chair_is_funded_by_two_clusters_that_agreed():
    (shares,) = ClusterShare.objects.in_force().values()
    assert len(shares) == 2


def test_the_accounts_of_the_contract_sign_in(client):
    for name in ("coordinator", "manager.3ia-cote-dazur", "editor.dataia", "pi", "partner", "rival"):
        user = User.objects.get(email=f"{name}@example.org")
        assert user.check_password(PASSWORD)
        assert user.emailaddress_set.get().verified


def test_each_cluster_has_a_manager_and_two_clusters_have_two():
    managers = StaffRole.objects.filter(role=Role.MANAGER)
    assert managers.values("cluster").distinct().count() == 9
    assert managers.filter(cluster__needs_four_eyes=True).count() == 4
    assert managers.count() == 11


def test_the_cast_has_something_to_do():
    assert Person.objects.get(user__email="pi@example.org").appointments.count() == 2
    assert Contact.objects.requested().get().partner.contacts.primary().get().user.email == "partner@example.org"
    theirs = {
        email: {file.status for file in Sponsorship.objects.of_partner(User.objects.get(email=f"{email}@example.org"))}
        for email in ("partner", "rival")
    }
    assert {"draft", "changes_requested", "accepted", "declined"} <= theirs["partner"]
    assert len(theirs["rival"]) > 1


def test_nobody_is_written_to():
    assert invented(Sponsorship).exists() and not OutgoingMail.objects.exists()


def test_a_second_load_adds_nothing(capsys):
    with override_settings(DEMONSTRATION=True):
        call_command("load_demo")
    assert "Nothing was added." in capsys.readouterr().out


def test_a_cluster_has_closed_a_year_and_a_late_amendment_changes_it_since():
    closed, late = ClosedYear.objects.get(), LateEntry.objects.get()
    on, then = datetime.date(closed.year, 12, 31), timezone.localdate(closed.closed_at)
    assert (closed.cluster.slug, closed.reopened_at, late.year) == ("postgenai-paris", None, closed.year)
    [entry] = LedgerEntry.objects.filter(act=late.act)
    assert entry.effective_on.year == closed.year and entry.recorded_at > closed.closed_at and late.reason
    before, after = figures_of(closed.cluster, on, then), figures_of(closed.cluster, on)
    assert after["in_kind_agreed"] - before["in_kind_agreed"] == entry.amount > 0


def test_offices_have_something_under_way():
    assert set(Import.objects.values_list("status", flat=True)) == {ImportStatus.ENTERED, ImportStatus.TO_CORRECT}
    assert set(Import.objects.values_list("language", flat=True)) == {"en", "fr"}
    for batch in Import.objects.filter(status=ImportStatus.TO_CORRECT):
        assert batch.problems == [] and batch.lines.exclude(problems=[]).exists()
        assert not batch.lines.filter(outcome=Outcome.WAITING).exists()
    assert HeldDecision.objects.filter(ended_at=None).count() == 2
    assert [asked.is_confirmed for asked in ChangeRequest.objects.order_by("asked_at")] == [False, None]
    assert Delegation.objects.running().get().stand_in.email == "editor.postgenai-paris@example.org"
    assert TaskNote.objects.get().by_names == "Rosine Fabliaud, on behalf of Alistair Penhallow"
