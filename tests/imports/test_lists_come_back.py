"""A list that was taken out of the panel as a workbook can be brought: its totals are no records, and it changes nothing."""

import io

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from chairs.models import Chair
from imports.enums import ImportStatus as S
from tests.factories import make_chair
from tests.imports.workbooks import outcomes, said
from tests.personas import EDITOR, MANAGER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("whole_cast")]
CHAIRS = "/admin/lists/chairs/chair/export/"
OF_BOTH = ["title_en", "title_fr", "slug", "kind", "status"]


def taken_out(client, language: str, columns: list[str]) -> SimpleUploadedFile:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    answer = client.post(CHAIRS, {"columns": columns, "format": "xlsx"})
    return SimpleUploadedFile("list.xlsx", answer.getvalue())


@pytest.mark.each_case
@pytest.mark.parametrize(("language", "totals"), [("en", "Totals"), ("fr", "Totaux")])
def test_a_list_with_its_totals_comes_back_and_changes_nothing(cast, bring, client, language, totals):
    chair = make_chair("active", cluster=cast.cluster, title_en="Proofs of Programs")
    client.force_login(cast[MANAGER])
    file = taken_out(client, language, OF_BOTH)
    first, second = load_workbook(io.BytesIO(file.read())).worksheets
    assert second.title == totals and second.max_row >= 1
    assert "Proofs of Programs" in [cell.value for row in first.rows for cell in row]
    file.seek(0)
    back = bring(cast.cluster, cast[EDITOR], file)
    assert (said(back), back.problems, back.status) == ([], [], S.READY)
    assert set(outcomes(back)) == {"unchanged"} and len(outcomes(back)) == first.max_row - 1
    assert Chair.objects.get(pk=chair.pk).updated_at == chair.updated_at


def test_of_a_list_with_other_columns_only_the_list_is_spoken_of(cast, bring, client):
    make_chair("active", cluster=cast.cluster)
    client.force_login(cast[MANAGER])
    back = bring(cast.cluster, cast[EDITOR], taken_out(client, "en", ["title_en", "updated_at"]))
    [problem] = back.problems
    assert "it is not clear what this table holds" in problem and "Totals" not in problem
    assert outcomes(back) == []
