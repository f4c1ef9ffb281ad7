"""The pictures of docs/staff-guide.md: the ten commonest tasks of an office, in both languages, on the demonstration's data.

`make screenshots` takes them anew. Nothing is entered: each picture is of the page before its last press.
"""

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext
from playwright.sync_api import Page

from chairs.models import Chair
from core.exports import CONTENT_TYPES
from core.models.lists import ExportFormat
from sponsorships.models import Agreement, Instalment, Sponsorship
from tests.accessibility.panel_types import FINANCE, MANAGER, SECOND_MANAGER
from tests.accessibility.screenshots import SHOWN, save
from tests.accessibility.walking import LANGUAGES, open_browser
from tests.imports.workbooks import workbook
from tests.journeys.portfolio import MISTAKES, RIGHT

pytestmark = pytest.mark.browser
WIDTH, MAX_HEIGHT = 1000, 640
CLUSTER = "postgenai-paris"


@pytest.mark.parametrize("language", LANGUAGES)
def test_take_guide_pictures(browser, live_server, demonstration, language):
    make_it_monday()
    for who, tasks in TASKS.items():
        page = open_browser(browser, live_server.url, who, language)
        page.set_viewport_size({"width": WIDTH, "height": MAX_HEIGHT})
        for name, show in tasks.items():
            show(page)
            photograph(page, f"guide-{name}.{language}.webp")
        page.context.close()


def make_it_monday() -> None:
    """Let several chairs wait for a decision, and several instalments for an invoice, in this copy of the demonstration."""
    now = timezone.now()
    Chair.objects.filter(cluster__slug=CLUSTER, status="approved").update(status="submitted", submitted_at=now)
    planned = Instalment.objects.filter(sponsorship__chair__cluster__slug=CLUSTER, status="planned", superseded_on=None)
    due = list(planned.order_by("due_on", "pk").values_list("pk", flat=True)[:4])
    Instalment.objects.filter(pk__in=due).update(status="due", due_at=now, due_on=now.date())


def photograph(page: Page, name: str) -> None:
    """Keep the beginning of what the page is for: without its head, and without what follows far below."""
    page.set_viewport_size({"width": WIDTH, "height": page.evaluate("document.documentElement.scrollHeight")})
    begins = page.locator("section[aria-labelledby='lines-heading'], main").last.bounding_box()
    height = min(begins["height"], MAX_HEIGHT)
    clip = {"x": 0, "y": begins["y"], "width": WIDTH, "height": height}
    save(page.screenshot(animations="disabled", clip=clip), SHOWN / name, lossless=True, method=6)
    page.set_viewport_size({"width": WIDTH, "height": MAX_HEIGHT})


def desk(page: Page) -> None:
    page.goto(reverse("panel_desk:mine"))


def registration(page: Page) -> None:
    page.goto(reverse("admin:chairs_chair_add"))


def approval(page: Page) -> None:
    at_once(page, "chairs_chair", "submitted", "approve")


def proposal(page: Page) -> None:
    page.goto(record(Sponsorship.objects.filter(chair__cluster__slug=CLUSTER, status="submitted")))


def agreement(page: Page) -> None:
    page.goto(record(Agreement.objects.filter(sponsorship__chair__cluster__slug=CLUSTER, status="draft")))


def invoices(page: Page) -> None:
    at_once(page, "sponsorships_instalment", "due", "invoice")


def payment(page: Page) -> None:
    invoiced = Instalment.objects.filter(sponsorship__chair__cluster__slug=CLUSTER, status="invoiced").order_by("pk")
    page.goto(reverse("admin:sponsorships_instalment_verb", args=[invoiced.first().pk, "receive"]))


def export(page: Page) -> None:
    page.goto(reverse("admin:list_export", args=["chairs", "chair"]) + "?status=active")


def bringing(page: Page) -> None:
    """Bring a workbook with mistakes; what is said of it is removed with the demonstration's copy."""
    page.goto(reverse("admin:imports_import_add"))
    rows = {sheet: dict(lines[0]) for sheet, lines in RIGHT.items()}
    for sheet, column, typed, _said in MISTAKES:
        rows[sheet][column] = typed
    with translation.override(page.locator("html").get_attribute("lang")):
        sheets = {gettext(sheet): [list(row), list(row.values())] for sheet, row in rows.items()}
    file = {"name": "portfolio.xlsx", "mimeType": CONTENT_TYPES[ExportFormat.XLSX], "buffer": workbook(**sheets)}
    page.locator("input[type='file']").set_input_files(file)
    page.locator("input[name='_save']").click()
    page.locator(".import-refused").first.wait_for()


def team(page: Page) -> None:
    page.goto(reverse("panel_team:mine"))


def at_once(page: Page, model: str, status: str, act: str) -> None:
    """Go from the list of those in a status to the page that says what would happen to all of it."""
    page.goto(reverse(f"admin:{model}_changelist") + f"?status__exact={status}")
    page.locator("main [name='whole']").check()
    page.locator("#at-once-act").select_option(act)
    page.locator(".at-once button").click()
    page.locator(".at-once-page").wait_for()


def record(found) -> str:
    first = found.order_by("pk").first()
    return reverse(f"admin:{first._meta.app_label}_{first._meta.model_name}_change", args=[first.pk])


# By who does it.
TASKS = {
    MANAGER: {
        "desk": desk,
        "registration": registration,
        "proposal": proposal,
        "agreement": agreement,
        "export": export,
        "import": bringing,
        "team": team,
    },
    SECOND_MANAGER: {"approval": approval},
    FINANCE: {"invoices": invoices, "payment": payment},
}
