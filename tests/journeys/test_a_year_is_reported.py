"""A year is reported, and closed: the chair, its office, the cluster; each figure of the papers is a count over the records."""

from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from chairs.models import Appointment, Output, StartUp
from clusters.models import Intake
from core.exceptions import Refused
from sponsorships.accounting.posting import Line, post
from sponsorships.enums import EntryKind
from sponsorships.models import Sponsorship
from tests import factories
from tests.sponsorships.agreements.pdf_text import words_of
from tests.yearly.factories import make_year_report
from tests.yearly.world import DAY, YEAR, fill, first_indicators
from yearly.models import YearReport

pytestmark = [pytest.mark.browser, pytest.mark.exhaustive]


@pytest.fixture
def world(transactional_db):
    """A chair that somebody leads, its cluster's manager, and something of everything in the year."""
    first_indicators()
    cluster = factories.make_cluster(name="IA Rive Gauche")
    manager = factories.make_staff(cluster, "manager", name="The manager")
    chair = fill(cluster, by=manager)
    leader = factories.make_user("leader@example.org")
    factories.make_appointment(chair, person=factories.make_person(user=leader))
    report = make_year_report(cluster, year=YEAR)
    return {"cluster": cluster, "manager": manager, "chair": chair, "leader": leader, "report": report}


def test_a_pi_reports_staff_send_back_and_accept_and_the_year_is_closed(come, come_staff, world):
    leader = come("en", as_user=world["leader"])
    leader.open("/en/my/")
    leader.follow("Yearly reports")
    leader.follow(str(YEAR))
    leader.reads("Hours taught by the chair")
    leader.finds_no("Hours taught by the chairs")
    leader.follow("Write the report")
    leader.press("Save")
    leader.reads("Write the highlights or the results of the year")
    leader.follow("Go on writing")
    leader.fill(highlights_en="A hundred nurses were asked.")
    leader.press("Save")
    leader.press("Hand in")
    leader.is_told("The report is handed in.")

    staff = come_staff("en", as_user=world["manager"])
    staff.open(reverse("admin:yearly_chairyearreport_change", args=[world["chair"].year_reports.get().pk]))
    staff.perform("Send back", note="Which hospital?")
    staff.sees_status("Sent back")

    leader.open("/en/my/")
    leader.follow("Answer")
    leader.reads("Which hospital?")
    leader.follow("Go on writing")
    leader.fill(highlights_en="A hundred nurses of the Hôpital du Levant were asked.")
    leader.press("Save")
    leader.press("Hand in")

    staff.page.reload()
    staff.perform("Accept")
    staff.sees_status("Accepted")

    staff.open(reverse("admin:yearly_yearreport_change", args=[world["report"].pk]))
    staff.perform("Accept and freeze")
    staff.sees_status("Accepted")
    staff.follow("Read it, with the records behind each figure")
    staff.reads("A hundred nurses of the Hôpital du Levant were asked.")
    papers = {name: staff.download(name) for name in ("XLSX in English", "PDF in English")}
    equals_the_records(papers["XLSX in English"], papers["PDF in English"], world)

    closes_the_year(staff, world)
    comes_late(come_staff("en", as_user=factories.make_staff(None, "coordinator")), world)
    staff.open(figures_of(world))
    staff.reads("€57,000")  # as it is known today
    staff.open(reverse("admin:yearly_yearreport_read", args=[world["report"].pk]))
    staff.reads("€50,000")
    staff.finds_no("€57,000")
    assert papers == {name: staff.download(name) for name in papers}
    staff.follow("What has changed since")
    staff.reads("€7,000")


def figures_of(world) -> str:
    return f"{reverse('panel_figures:cluster', args=[world['cluster'].slug])}?on={YEAR}-12-31"


def closes_the_year(staff, world) -> None:
    staff.open(figures_of(world))
    staff.reads("€50,000")
    staff.follow("Close a year")
    staff.choose(year=str(YEAR))
    staff.press("Close a year")
    staff.is_told(f"{YEAR} is closed.")
    with pytest.raises(Refused, match=f"has closed {YEAR}"):
        amend(world)


def comes_late(coordinator, world) -> None:
    """The coordinator says why a late amendment may count in the closed year; then it is recorded."""
    coordinator.open(reverse("admin:sponsorships_sponsorship_change", args=[sponsorship_of(world).pk]))
    coordinator.page.get_by_role("link", name="Allow a late entry").click()
    coordinator.choose(year=str(YEAR))
    coordinator.fill(note="Signed in December, found in March.")
    coordinator.press("Allow a late entry")
    coordinator.is_told("One late act is allowed on this sponsorship.")
    amend(world)


def sponsorship_of(world) -> Sponsorship:
    return Sponsorship.objects.get(chair=world["chair"])


def amend(world) -> None:
    """Record what an amendment adds, with effect in the year that was closed."""
    post(sponsorship_of(world), [Line(EntryKind.AGREED, Decimal(7_000))], on=DAY)


def equals_the_records(workbook: bytes, pdf: bytes, world) -> None:
    """Compare every figure of the papers with a count over the records, made here in other words."""
    cluster, book = world["cluster"], openpyxl.load_workbook(BytesIO(workbook))
    figures = {row[0]: row[2] for row in book["Indicators"].iter_rows(min_row=2, values_only=True) if row[1]}
    chairs = list(cluster.chairs.published())
    posts = Appointment.objects.filter(chair__in=chairs).exclude(starts_on__year__gt=YEAR)
    students = {post.person_id for post in posts if post.role == "doctoral_student"}
    outputs = Output.objects.filter(chair__in=chairs, year=YEAR).exclude(confirmed_at=None)
    works = {output.doi or output.pk for output in outputs if output.kind == "publication"}
    counted = {
        "chairs": len(chairs),
        "people": len({post.person_id for post in posts}),
        "doctoral-students": len(students),
        "doctoral-students-per-chair": Decimal(len(students)) / len(chairs),
        "publications": len(works),
        "software-and-data": len([output for output in outputs if output.kind != "publication"]),
        "teaching-hours": 64,
        "people-trained": sum(Intake.objects.filter(year=YEAR).values_list("enrolled", flat=True)) - 10,
        "start-ups": StartUp.objects.filter(founded_year=YEAR).count(),
        "patents": 3,
        "licences-and-transfers": 0,
        "collaborations": cluster.collaborations.count(),
        "partners": 1,
        "money-agreed": 50_000,
        "money-received": 0,
        "leverage": Decimal(50_000) / cluster.public_grant,
    }
    assert {name: Decimal(str(value)) for name, value in figures.items()} == {
        name: round(Decimal(value), 4) for name, value in counted.items()
    }
    words = words_of(pdf)
    assert "€50,000" in words and "A hundred nurses of the Hôpital du Levant were asked." in words
    assert YearReport.objects.get(pk=world["report"].pk).status == "accepted"
