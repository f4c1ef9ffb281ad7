"""No page or mail for partners speaks the staff's language: statuses are in the partner's words, notes stay inside."""

import re
from html.parser import HTMLParser
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from core.mail.queue import queue_mail
from sponsorships.enums import PARTNER_STATUS_LABELS, InstalmentStatus, SponsorshipStatus
from tests import factories
from tests.matrix.rows_my import MY
from tests.matrix.visits import address
from tests.matrix.world import NOTE, make_world
from tests.personas import MANAGER, PARTNER
from tests.sponsorships.mail_occasions import OCCASIONS, sample
from tests.verbs import perform

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("field_history", "search_index"), pytest.mark.exhaustive]
FOR_PARTNERS = [name for name in OCCASIONS if name.endswith("_partner") or name.startswith(("contacts/", "digests/"))]
PAGES = [row for row in MY if row.get[PARTNER] == 200]


class Texts(HTMLParser):
    """Every piece of text of a page that is not in a tag of its own making."""

    def __init__(self, page: str):
        super().__init__()
        self.found, self.inside = [], ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.inside = tag
        self.found += [value for name, value in attrs if name in ("title", "aria-label", "alt") and value]

    def handle_data(self, data):
        if self.inside not in ("script", "style") and data.strip():
            self.found.append(" ".join(data.split()))


def internal_labels() -> set[str]:
    """What staff call a status and partners do not, in the language of the moment."""
    of_staff = {str(status.label) for status in SponsorshipStatus} | {str(InstalmentStatus.WRITTEN_OFF.label)}
    return of_staff - {str(label) for label in PARTNER_STATUS_LABELS.values()}


def betrayed(texts: list[str], labels: set[str]) -> set[str]:
    """Return the labels that stand alone or in quotes, and those of several words wherever they stand."""
    whole = "\n".join(texts).casefold()
    alone = {text.strip(" .:“”«»\u00a0").casefold() for text in texts}
    quoted = {label for label in labels if re.search(rf"[“«]\s*{re.escape(label.casefold())}\s*[”»]", whole)}
    phrases = {label for label in labels if " " in label and label.casefold() in whole}
    return {label for label in labels if label.casefold() in alone} | quoted | phrases


@pytest.fixture
def reader(request):
    return factories.make_user(language=request.param)


@pytest.mark.parametrize("reader", ["en", "fr"], indirect=True)
@pytest.mark.parametrize("occasion", FOR_PARTNERS)
def test_a_mail_for_partners_names_no_internal_status(reader, occasion, everything_told):
    context, link = sample(everything_told, occasion)
    mail = queue_mail(reader, occasion, context, link=link)
    with translation.override(reader.language):
        assert mail.subject and mail.text
        assert betrayed([mail.subject, *mail.text.splitlines()], internal_labels()) == set()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_page_of_a_partner_names_an_internal_status_or_a_note(language):
    world = make_world()
    client = Client()
    client.force_login(world.cast[PARTNER])
    addresses = [address(row, world) for row in PAGES] + files_in_every_status(world) + figures(world)
    with translation.override(language):
        labels = internal_labels()
    found = {}
    for there in addresses:
        response = client.get(re.sub(r"^/en/", f"/{language}/", there))
        assert response.status_code == 200, there
        if response.headers["Content-Type"].startswith("text/html"):
            texts = Texts(response.content.decode()).found
            found[there] = betrayed(texts, labels) | {NOTE for text in texts if NOTE in text}
    assert len(found) > 20
    assert {there: said for there, said in found.items() if said} == {}


def files_in_every_status(world) -> list[str]:
    """The partner's files in each status, one with an instalment that was written off; a note stands on each."""
    ours, by = world.contact(PARTNER), world.cast[MANAGER]
    files = [factories.make_sponsorship(status, ours, chair=world.chair) for status in SponsorshipStatus]
    lost = world.instalments["invoiced"]
    perform(lost, "write_off", by=by, note=NOTE)
    for file in [*files, lost.sponsorship]:
        factories.make_message(file, by, side="office", is_internal=True, text=NOTE)
    pages = [file.get_absolute_url() for file in [*files, lost.sponsorship]]
    return pages + [f"{page}messages/" for file, page in zip(files, pages, strict=False) if file.submitted_at]


def figures(world) -> list[str]:
    """The partner's figures, and the entries behind each of them."""
    entries = reverse("figures:partner_entries", args=[world.company.slug])
    narrowed = [{"status": status.value} for status in SponsorshipStatus if status != SponsorshipStatus.DRAFT]
    narrowed.append({"figure": "written_off"})
    pages = [entries, *(f"{entries}?{urlencode(query)}" for query in narrowed)]
    return [reverse("figures:partner", args=[world.company.slug]), *pages]


def test_the_check_finds_what_it_looks_for():
    labels = internal_labels()
    assert {"In review", "Written off", "Submitted"} <= labels
    assert betrayed(["The file is now “Submitted”."], labels) == {"Submitted"}
    assert betrayed(Texts("<p>It is <span>In review</span></p>").found, labels) == {"In review"}
    assert betrayed(["The proposal was sent."], labels) == set()
