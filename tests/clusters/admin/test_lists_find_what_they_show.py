"""Whatever name a list of the panel shows, its search finds the row by it: on the demonstration, in both languages."""

import re
from html import unescape

import pytest
from django.contrib import admin
from django.contrib.admin.utils import lookup_field
from django.db import models
from django.utils import translation
from django.utils.html import strip_tags

from accounts.models import User

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.exhaustive,
    pytest.mark.usefixtures("search_index", "field_history", "demonstration_for_the_module"),
]
LANGUAGES = ["en", "fr"]
ROWS = 4
COUNTED = models.DateField, models.IntegerField, models.DecimalField, models.BooleanField
WORD = re.compile(r"[^\W\d_]{3}")
# Columns that name no record and nobody; most of them have a filter.
NO_NAME = {
    *("state", "origin", "completion", "waits_for", "period", "decision", "money", "value", "amount", "day"),
    *("short_regime", "counted", "unit", "regime", "condition", "listed", "narrowed", "instalment", "country"),
    *("sent_on", "academic_year", "shown_value", "occasion", "language", "kind", "deadline"),
}
# Columns with more than a name: the kind of record, its year.
NAME_WITHIN = {
    "sponsorships.agreement.name": r"(.+), ",
    "sponsorships.instalment.name": r"(.+), ",
    "clusters.intakeoverlap.__str__": r"(.+?), \d{4}",
}
LEFT_OUT = {
    # Forms offer these lists to choose from: found by the city or the cluster too, whoever is meant would be one of many.
    *("clusters.person.registered_in", "clusters.institution.city"),
    # What its other columns say.
    "yearly.yearreport.__str__",
}


def names_of(page, request, row) -> dict[str, str]:
    """Return the names that the list shows of a row, by column."""
    found = {}
    for column in page.get_list_display(request):
        field, _attribute, value = lookup_field(column, row, page)
        key = f"{page.opts.label_lower}.{column}"
        if column in NO_NAME or key in LEFT_OUT or isinstance(field, COUNTED) or getattr(field, "flatchoices", ()):
            continue
        text = "" if value is None or isinstance(value, bool) else unescape(strip_tags(str(value)))
        if within := re.match(NAME_WITHIN.get(key, r"(.+)"), text):
            found[column] = within[1]
    return {column: text for column, text in found.items() if WORD.search(text)}


@pytest.fixture
def asked(rf):
    """Return what a list shows the coordinator, searched for a text."""

    def read(page, text=""):
        request = rf.get("/admin/", {"q": text})
        request.user = User.objects.get(email="coordinator@example.org")
        return request, page.get_changelist_instance(request).queryset

    return read


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", admin.site._registry.values(), ids=lambda page: page.opts.model_name)
def test_a_name_that_a_list_shows_finds_its_row(page, language, asked):
    with translation.override(language):
        request, records = asked(page)
        rows = list(records[:ROWS])
        page.prepare_rows(rows)
        shown = [(row, column, text) for row in rows for column, text in names_of(page, request, row).items()]
        missed = {
            f"{column}: {text}" for row, column, text in shown if not asked(page, text)[1].filter(pk=row.pk).exists()
        }
    assert not missed and (shown or not rows)
