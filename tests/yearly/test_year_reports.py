"""The reports of clusters and of the nation: each figure is a count over records, and what is accepted stays."""

import hashlib
import json
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from chairs.models import Appointment, CountedOutput, Output, StartUp
from core.exceptions import Refused
from core.verbs import why_not
from tests import factories
from tests.personas import COORDINATOR, EDITOR, MANAGER, OTHER_MANAGER, cast  # noqa: F401
from tests.sponsorships.agreements.pdf_text import words_of
from tests.verbs import perform
from tests.yearly.factories import make_chair_year, make_year_report
from tests.yearly.world import YEAR, fill
from yearly.content import content_of
from yearly.counts import COUNTS
from yearly.enums import CountName
from yearly.models import Indicator, IndicatorComment, YearReport
from yearly.papers import as_xlsx
from yearly.scopes import Scope

pytestmark = pytest.mark.django_db
FILES = [(language, form) for language in ("en", "fr") for form in ("pdf", "xlsx", "json")]


@pytest.fixture
def report(cast):  # noqa: F811
    fill(cast.cluster, by=cast[MANAGER])
    return make_year_report(cast.cluster, year=YEAR)


def file_of(client, report, language="en", form="json") -> bytes:
    answer = client.get(reverse("admin:yearly_yearreport_file", args=[report.pk, language, form]))
    assert answer.status_code == 200, answer
    assert "attachment" in answer["Content-Disposition"]
    return answer.content


@pytest.mark.exhaustive(counted=True)
def test_every_count_is_the_sum_of_its_lines(cast, report):  # noqa: F811
    fill(cast.elsewhere)
    for cluster in (cast.cluster, None):
        scope = Scope(YEAR, cluster)
        for name in CountName:
            number, lines = COUNTS[name].number(scope), list(COUNTS[name].lines(scope))
            assert sum((Decimal(line.number) for line in lines), Decimal(0)) == (number or 0), name
    counted = {name for name in CountName if COUNTS[name].number(Scope(YEAR, cast.cluster))}
    assert {"trained", "publications", "doctoral_students", "patents", "start_ups", "grant"} <= counted


@pytest.mark.exhaustive(counted=True)
def test_the_figures_equal_counts_over_the_records(cast, report):  # noqa: F811
    said = {one["slug"]: one["figure"] for one in content_of(report, "en")["indicators"]}
    chairs = cast.cluster.chairs.published()
    students = Appointment.objects.filter(chair__in=chairs, role="doctoral_student").values("person").distinct().count()
    assert int(said["doctoral-students"]) == students == 1
    # One work of two chairs, and one without an identifier.
    assert int(said["publications"]) == 2 and Output.objects.filter(kind="publication", year=YEAR).count() == 4
    assert int(said["people-trained"]) == 100 + 50 - 10
    assert int(said["patents"]) == sum(CountedOutput.objects.values_list("number", flat=True)) == 3
    assert int(said["start-ups"]) == StartUp.objects.filter(cluster=cast.cluster, founded_year=YEAR).count() == 1
    assert Decimal(said["teaching-hours"]) == 64
    assert int(said["collaborations"]) == 1
    assert said["chairs"] == str(chairs.count())


@pytest.mark.exhaustive(counted=True)
def test_real_and_made_up_records_are_never_mixed(cast, report):  # noqa: F811
    before = content_of(report, "en")["indicators"]
    fill(cast.cluster, origin="demonstration", by=cast[MANAGER])
    after = content_of(report, "en")["indicators"]
    assert [one["figure"] for one in after] == [one["figure"] for one in before]
    made_up = make_year_report(cast.cluster, year=YEAR, records="demonstration")
    said = content_of(made_up, "en")
    figures = {one["slug"]: one["figure"] for one in said["indicators"]}
    assert figures["people-trained"] == "140" and "made-up records only" in said["counted"]
    # Invented money is not divided by a real grant.
    assert figures["leverage"] is None


@pytest.mark.exhaustive(counted=True)
def test_a_workbook_has_a_sheet_for_each_indicator_whose_lines_add_up(client, cast, report):  # noqa: F811
    client.force_login(cast[EDITOR])
    book = openpyxl.load_workbook(BytesIO(file_of(client, report, "en", "xlsx")))
    slugs = [one.slug for one in Indicator.objects.active()]
    assert book.sheetnames == ["Indicators", *slugs]
    figures = {row[0]: row[2] for row in book["Indicators"].iter_rows(min_row=2, values_only=True)}
    for indicator in Indicator.objects.active().filter(operation=""):
        rows = list(book[indicator.slug].iter_rows(min_row=2, values_only=True))
        lines, total = rows[:-1], rows[-1]
        assert total[1] == "Total"
        assert sum(Decimal(str(row[4])) for row in lines) == Decimal(str(total[4])), indicator.slug
        assert Decimal(str(figures[indicator.slug])) == Decimal(str(total[4]))


@pytest.mark.exhaustive(counted=True)
def test_an_accepted_report_is_frozen_with_both_dates(client, cast, report):  # noqa: F811
    IndicatorComment.objects.create(report=report, indicator=Indicator.objects.first(), text_en="Well done.")
    frozen = perform(report, "freeze", by=cast[MANAGER])
    assert frozen.on.isoformat() == f"{YEAR}-12-31" and frozen.known_at == frozen.accepted_at
    assert frozen.sha256 == hashlib.sha256(frozen.payload.encode()).hexdigest()
    client.force_login(cast[EDITOR])
    files = {key: file_of(client, frozen, *key) for key in FILES}
    assert files["en", "pdf"].startswith(b"%PDF-") and b"Well done." in files["en", "json"]
    # Whatever is recorded later, the files are the same, to the byte.
    fill(cast.cluster, by=cast[MANAGER])
    Indicator.objects.update(is_active=False)
    IndicatorComment.objects.update(text_en="Otherwise.")
    assert {key: file_of(client, frozen, *key) for key in FILES} == files
    page = client.get(reverse("admin:yearly_yearreport_read", args=[frozen.pk])).content.decode()
    assert "Well done." in page and frozen.sha256 in page
    lines = client.get(reverse("admin:yearly_yearreport_records", args=[frozen.pk, "publications"])).content.decode()
    assert "One work of two chairs" in lines
    with pytest.raises(Refused):
        perform(frozen, "freeze", by=cast[MANAGER])


def test_who_freezes_what(cast, report):  # noqa: F811
    nation = make_year_report(year=YEAR)
    assert why_not(report, "freeze", cast[EDITOR]) and not why_not(report, "freeze", cast[MANAGER])
    assert why_not(report, "freeze", cast[OTHER_MANAGER]) and why_not(report, "freeze", cast[COORDINATOR])
    assert why_not(nation, "freeze", cast[MANAGER]) and not why_not(nation, "freeze", cast[COORDINATOR])


def test_a_year_that_is_not_over_is_not_frozen(cast):  # noqa: F811
    report = make_year_report(cast.cluster, year=2090)
    [reason] = why_not(report, "freeze", cast[MANAGER])
    assert reason.startswith("The year is not over")


@pytest.mark.exhaustive(counted=True)
def test_a_report_takes_in_what_chairs_say_once_it_is_accepted(cast, report):  # noqa: F811
    make_chair_year(cast.chair, "accepted", year=YEAR, highlights_en="Nurses taught a machine.")
    other = factories.make_chair("active", cluster=cast.cluster)
    make_chair_year(other, "submitted", year=YEAR, highlights_en="Not read yet.")
    said = content_of(report, "en")
    assert [one["highlights"] for one in said["chairs"]] == ["Nurses taught a machine."]
    assert said["without_report"] == cast.cluster.chairs.published().count() - 1


@pytest.mark.exhaustive(counted=True)
def test_a_sign_that_the_typeface_lacks_keeps_no_report_from_paper(client, cast, report):  # noqa: F811
    YearReport.objects.filter(pk=report.pk).update(comment_en="A rocket \U0001f680, and \u4eba.")
    client.force_login(cast[EDITOR])
    words = words_of(file_of(client, report, "en", "pdf"))
    assert "A rocket ?, and" in words and "U+1F680" in words


@pytest.mark.exhaustive(counted=True)
def test_the_pdf_says_what_the_page_says(client, cast, report):  # noqa: F811
    client.force_login(cast[EDITOR])
    words = words_of(file_of(client, report, "fr", "pdf"))
    assert f"Rapport annuel {YEAR}" in words and "Personnes formées" in words and "140" in words


@pytest.mark.exhaustive(counted=True)
def test_charts_come_as_svg_and_png(client, cast, report):  # noqa: F811
    client.force_login(cast[EDITOR])

    def chart(slug, form):
        return client.get(reverse("admin:yearly_yearreport_chart", args=[report.pk, slug, "fr", form]))

    svg = chart("people-trained", "svg")
    assert svg["Content-Type"] == "image/svg+xml" and "Personnes formées" in svg.content.decode()
    assert chart("people-trained", "png").content.startswith(b"\x89PNG")
    assert chart("licences-and-transfers", "svg").status_code == 404
    assert chart("nothing", "svg").status_code == chart("people-trained", "gif").status_code == 404


def test_a_report_is_begun_once(client, cast):  # noqa: F811
    add = reverse("admin:yearly_yearreport_add")
    rows = {"comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0}
    given = {"cluster": cast.cluster.pk, "year": YEAR, "records": "real", **rows}
    client.force_login(cast[EDITOR])
    assert "required" in client.post(add, {**given, "cluster": ""}).content.decode()
    assert "This year has not come yet." in client.post(add, {**given, "year": YEAR + 2}).content.decode()
    assert client.post(add, given).status_code == 302
    assert "This report is already there." in client.post(add, given).content.decode()
    client.force_login(cast[COORDINATOR])
    nation = {**given, "cluster": ""}
    assert client.post(add, nation).status_code == 302
    assert "This report is already there." in client.post(add, nation).content.decode()
    assert YearReport.objects.count() == 2


def test_an_indicator_is_built_of_counts_that_go_together(client, cast):  # noqa: F811
    client.force_login(cast[COORDINATOR])
    add = reverse("admin:yearly_indicator_add")
    given = {"name_en": "A", "name_fr": "B", "slug": "a", "first": "chairs", "position": 5, "is_active": "on"}

    def refused(sentence, **values):
        page = client.post(add, {**given, **values}).content.decode()
        assert sentence in page and 'value="a"' in page

    refused("Choose what to add, or what to divide by.", operation="per")
    refused("Say what is done with the second count", second="people")
    refused("cannot be added up", operation="plus", second="grant")
    refused("Both counts are the same.", operation="plus", second="chairs")
    refused("The result is in: ratio, per cent.", operation="per", second="people", unit="euros")
    refused("Enter the name in both languages.", name_fr="")
    assert client.post(add, {**given, "operation": "per", "second": "people"}).status_code == 302
    assert Indicator.objects.get(slug="a").unit == "ratio"


@pytest.mark.exhaustive(counted=True)
def test_two_workbooks_of_one_moment_are_the_same_bytes(report):
    said = content_of(report, "en")
    assert as_xlsx(said) == as_xlsx(said)
    assert json.loads(json.dumps(said)) == said
