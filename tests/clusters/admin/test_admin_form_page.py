"""A record's page: amounts that are only read are written like all amounts, and an error is seen, unfolded and led to."""

import datetime
import re
from decimal import Decimal

import pytest
from django.contrib import admin
from django.db import models

from core.templatetags.panel import is_folded
from tests import factories
from tests.chairs.admin.forms import ADD, cap_data, change_url, investigator, make_cap_kind, rows

pytestmark = pytest.mark.django_db
GRANT, TARGET = Decimal("1234567.50"), Decimal("7654321.00")
WRITTEN = {"en": ("€1,234,567.50", "€7,654,321", "12.5"), "fr": ("1 234 567,50 €", "7 654 321 €", "12,5")}
LIKE_A_COLUMN = re.compile(r"\d{7}|\d{4,}[.,]\d\d\b|[.,]00\b")


def read_only(page: str) -> list[str]:
    """Return what a page shows where nothing can be typed."""
    found = re.findall(r'<div class="readonly">(.*?)</div>|<td class="field-[^"]*">\s*<p>(.*?)</p>', page, re.S)
    return [" ".join(re.sub(r"<[^>]+>", " ", "".join(one)).split()) for one in found]


@pytest.fixture
def running():
    cluster = factories.make_cluster(public_grant=GRANT, city="Lyon")
    grant = {"public_grant": GRANT, "public_grant_source": "The call", "public_grant_on": datetime.date(2026, 1, 1)}
    chair = factories.make_chair("active", cluster=cluster, **grant)
    factories.make_teaching(chair, hours_etd=Decimal("12.5"))
    factories.make_activity(chair, target=TARGET)
    factories.make_share(chair, cluster, Decimal("62.50"))
    factories.make_share(chair, factories.make_cluster(), Decimal("37.50"))
    return factories.make_running(chair=chair, parts=["20000.00", "30000.00"])


def pages_of(sponsorship):
    instalment, chair = sponsorship.instalments.first(), sponsorship.chair
    records = [chair, chair.cluster, chair.activities.first(), sponsorship, instalment.agreement, instalment]
    records += [sponsorship.ledger_entries.first()] if hasattr(sponsorship, "ledger_entries") else []
    return [
        f"/admin/{record._meta.app_label}/{record._meta.model_name}/{record.pk}/change/" for record in records if record
    ]


@pytest.mark.exhaustive(counted=True)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_is_only_read_is_written_like_everywhere(client, running, language):
    client.force_login(factories.make_staff(running.chair.cluster, "reader", language=language))
    lines = [line for address in pages_of(running) for line in read_only(client.get(address).content.decode())]
    assert [line for line in lines if LIKE_A_COLUMN.search(line)] == []
    text = " | ".join(lines).replace("\xa0", " ").replace("\u202f", " ")
    for amount in WRITTEN[language]:
        assert amount in text


def test_no_list_shows_a_number_as_the_database_keeps_it():
    shown = set()
    for model, page in admin.site._registry.items():
        columns = {field.name: field for field in model._meta.fields}
        bare = [name for name in page.list_display if isinstance(columns.get(name), models.DecimalField)]
        assert bare == [], page
        shown |= {name for name in page.list_display if "amount" in name}
    assert shown, "amounts are shown, as people write them"


@pytest.fixture
def cluster(client):
    cluster = factories.make_cluster()
    client.force_login(factories.make_staff(cluster, "editor"))
    return cluster


def fold_around(page: str, marker: str) -> str:
    """Return the start tag of the innermost folded section that holds the marker, or nothing."""
    before = page[: page.index(marker)]
    opened = [match.start() for match in re.finditer("<details", before)]
    closed = before.count("</details>")
    return "" if len(opened) <= closed else before[opened[-1] : before.index(">", opened[-1]) + 1]


@pytest.mark.parametrize(
    ("lines", "field"),
    [
        (
            {"activities": [{"title_en": "Untargeted", "description_en": "X", "target": "", "deadline": ""}]},
            "id_activities-0-target",
        ),
        (
            {"activities": [{"title_en": "", "description_en": "X", "target": "5000", "deadline": ""}]},
            "id_activities-0-title_en",
        ),
    ],
)
def test_an_error_in_folded_rows_is_unfolded_and_led_to(client, cluster, lines, field):
    data = cap_data(cluster, make_cap_kind(), **{"activities": (), **lines})
    page = client.post(ADD, data)
    assert page.status_code == 200
    text = page.content.decode()
    assert f'<a href="#{field}"' in text and f'id="{field}"' in text
    assert fold_around(text, f'id="{field}"') == ""
    assert fold_around(client.get(ADD).content.decode(), 'id="activities-heading"').startswith("<details")


def test_what_is_wrong_with_folded_rows_as_a_whole_unfolds_them(client, cluster):
    """Shares that do not add up: the sentence belongs to no row."""
    chair = factories.make_chair(cluster=cluster, kind=make_cap_kind())
    shares = [{"cluster": cluster.pk, "percent": "60"}, {"cluster": factories.make_cluster().pk, "percent": "20"}]
    page = client.post(
        change_url(chair),
        cap_data(cluster, chair.kind, [investigator()], **rows("shares", shares), save_incomplete="on"),
    )
    text = page.content.decode()
    assert page.status_code == 200 and '<a href="#shares-group"' in text
    assert fold_around(text, 'id="id_shares-0-percent"') == ""


def test_fields_side_by_side_unfold_their_section():
    """Every folded part of every form, with an error in each of its fields in turn."""

    class Wrong:
        def __init__(self, name):
            self.errors = {name: ["Wrong."]}

    class Part:
        classes = "collapse"
        fields = ["alone", ("left", "right")]

    for name in ("alone", "left", "right"):
        part = Part()
        part.form = Wrong(name)
        assert not is_folded(part)
    part.form = Wrong("elsewhere")
    assert is_folded(part)


def test_the_first_line_of_what_is_wrong_has_the_focus(client, cluster):
    page = client.post("/admin/clusters/person/add/", {"name": "", "orcid": "0000"}).content.decode()
    summary = re.search(r'<div class="mistakes" role="alert">.*?</div>', page, re.S)[0]
    assert summary.count("autofocus") == 1 and '<a href="#id_name" autofocus>' in summary
    assert "needs your attention" in summary or "need your attention" in summary
    assert "mistakes" not in client.get("/admin/clusters/person/add/").content.decode()
