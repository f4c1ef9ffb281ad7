"""What is private leaves no shadow: with and without private sponsorships, every public answer is the same, byte for byte."""

import datetime
import difflib
import io
import re
import zipfile
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from core.models.mail import OutgoingMail
from sponsorships.enums import SponsorshipStatus as S
from sponsorships.models import Sponsorship
from tests import factories
from tests.days import TOMORROW, as_of_now
from tests.matrix.rows import ROWS
from tests.matrix.visits import address, client_of
from tests.personas import ANONYMOUS, MANAGER, PARTNER, RIVAL
from tests.verbs import perform

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_index", "field_history"), pytest.mark.exhaustive]
KEPT = {"embargoed": {"named_from": TOMORROW}, "anonymous": {"confidentiality": "anonymous"}}
# New for each answer, whatever the records are.
RANDOM = re.compile(
    rb'name="csrfmiddlewaretoken" value="\w+"|nonce-[\w+/=-]+|name="(reference|act)" value="[-\w]+"|"csrf_token": "\w+"|DTSTAMP:\w+'
)
# Of each line that differs.
SHOWN = 200
CLOCK = ("Expires", "Set-Cookie")
ASKING = [
    ("chairs:list", "?q=fertile"),
    ("chairs:list", "?open=1&sort=ending"),
    ("chairs:suggestions", "?q=fertile"),
    ("chairs:opportunities", "?q=fertile"),
    ("sponsorships:partner_list", "?q=zephyrine"),
    ("sponsorships:support", "?q=fertile"),
    ("sponsorships:support", "?q=fertile&budget=29000"),
    ("sponsorships:support", "?q=fertile&budget=31000"),
    ("sponsorships:support", "?budget=60000"),
    ("figures:public_entries", "?figure=agreed"),
    ("figures:public", f"?on={timezone.localdate() + datetime.timedelta(days=900)}"),
]


@pytest.fixture
def activity(world):
    """An activity of which €40,000 of €100,000 is published, and two beside it that a list could reorder."""
    chair = factories.make_chair("active", cluster=world.cluster, title_en="Fertile machines")
    days = [timezone.localdate() + datetime.timedelta(days=days) for days in (20, 30, 30)]
    found, *_beside = (factories.make_activity(chair, target=Decimal("100000.00"), deadline=day) for day in days)
    given = {"cash_amount": Decimal("40000.00"), "confidentiality": "public"}
    factories.make_running(by=world.cast[MANAGER], chair=chair, activity=found, **given)
    return found


@pytest.fixture
def files(world, activity):
    """What a rival proposes for the same activity: more than is left beside what others keep to themselves."""
    here = {"contact": world.contact(RIVAL), "chair": activity.chair, "activity": activity}
    return [
        factories.make_sponsorship(status, **here, cash_amount=Decimal("59000.00"))
        for status in (S.DRAFT, S.SUBMITTED, S.CHANGES_REQUESTED)
    ]


def keep_private(world, activity, status, kept) -> Sponsorship:
    """Add a sponsorship of a new partner, at a status of its life, that leaves the activity open."""
    partner = factories.make_partner(name=f"Zephyrine Bocage {status}", slug=f"zephyrine-{status}")
    here = {"contact": factories.make_contact(partner), "chair": activity.chair, "activity": activity}
    told = {"confidentiality": "public", "shows_logo": True, "cash_amount": Decimal("7000.00"), **kept}
    in_kind = {"in_kind_amount": Decimal("700.00"), "in_kind_description": "Machines."}
    if status not in (S.ACTIVE, S.TERMINATED):
        return factories.make_sponsorship(status, **here, **told, **in_kind)
    running = factories.make_sponsorship(S.ACCEPTED, **here, **told)
    # An institution is public: of those that are there already.
    agreement = factories.make_agreement(running, by=world.cast[MANAGER], managing_institution=world.institution)
    perform(agreement, "record", by=world.cast[MANAGER])
    running = perform(running, "activate", by=world.cast[MANAGER])
    return perform(running, "terminate", by=world.cast[MANAGER], note="An end.") if status == S.TERMINATED else running


def public_addresses(world, activity) -> list[str]:
    found = []
    for language in ("en", "fr"):
        found += [address(row, world, language) for row in ROWS if row.get[ANONYMOUS] == 200]
        with translation.override(language):
            found += [reverse(name) + query for name, query in ASKING]
            found += [activity.chair.get_absolute_url(), activity.chair.cluster.get_absolute_url()]
            found.append(reverse("sponsorships:partner_detail", args=["zephyrine-active"]))
    return list(dict.fromkeys(found))


def pages_of_rival(activity, files) -> list[str]:
    """Where a rival reads of the activity: the form of a proposal, and its own proposals with what it can do with them."""
    found = [
        reverse("sponsorships:new", args=[activity.chair.cluster.slug, activity.chair.slug]),
        reverse("portal:home"),
    ]
    found += [f"{found[0]}?activity={activity.pk}", f"{found[0]}?form=whole"]
    for file in files:
        found += [file.get_absolute_url(), reverse("sponsorships:edit", args=[file.reference])]
        found += [reverse(f"sponsorships:{verb}", args=[file.reference]) for verb in ("submit", "resubmit", "withdraw")]
    return found


def answers(client, addresses) -> dict[str, tuple]:
    found = {}
    for there in addresses:
        response = client.get(there)
        headers = {name: value for name, value in response.headers.items() if name not in CLOCK}
        content = b"".join(response) if response.streaming else response.content
        found[there] = (response.status_code, without_random(repr(headers).encode()), without_random(content))
        if content.startswith(b"PK"):  # a workbook says when it was written
            found[there] = (response.status_code, unpacked(content))
    return found


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return {name: book.read(name) for name in book.namelist() if name != "docProps/core.xml"}


def without_random(content: bytes) -> bytes:
    return RANDOM.sub(b"", content)


def told_of(activity) -> str:
    """Return what the page of its chair tells anybody of an activity."""
    page = Client().get(activity.chair.get_absolute_url()).text
    return re.search(rf'<li id="activity-{activity.pk}">.*?</li>', page, re.DOTALL)[0]


def assert_same(before: dict, after: dict) -> None:
    assert [
        difference(there, before[there], answer) for there, answer in after.items() if answer != before[there]
    ] == []


def difference(there: str, before: object, after: object) -> str:
    lines = difflib.unified_diff(repr(before).split("\\n"), repr(after).split("\\n"), there, n=0)
    return "\n".join(line[:SHOWN] for line in lines)


@pytest.mark.parametrize("kept", KEPT.values(), ids=KEPT)
def test_what_is_private_changes_no_byte_at_any_status_of_its_life(world, activity, files, kept):
    """For the public at every address in both languages, and for a rival in the pages where it proposes."""
    told = OutgoingMail.objects.filter(recipient=world.cast[RIVAL])

    addresses = public_addresses(world, activity)

    def read():
        call_command("note_public_records")  # so that a date is of what changed, not of who looked first
        public = answers(Client(), addresses)
        return public | answers(client_of(world, RIVAL), pages_of_rival(activity, files)) | {"mails": told.count()}

    before = read()
    assert len(before) > 100
    for status in S:
        assert Sponsorship.objects.get(pk=keep_private(world, activity, status, as_of_now(kept)).pk).status == status
    assert_same(before, read())


@pytest.mark.parametrize("kept", [{"confidentiality": "band"}, {"confidentiality": "name_only"}], ids=str)
def test_a_name_without_an_amount_moves_no_figure_of_the_activity(world, activity, kept):
    addresses = [
        reverse("chairs:opportunities"),
        reverse("chairs:home"),
        reverse("sponsorships:support") + "?q=fertile&budget=29000",
    ]

    def read():
        return answers(Client(), addresses) | {"told": told_of(activity)}

    before = read()
    assert "40,000" in before["told"]
    keep_private(world, activity, S.ACTIVE, kept)
    assert_same(before, read())


def test_what_closes_an_activity_says_one_word_whatever_it_is(world, activity):
    words = []
    for closing in ("private", "deadline"):
        with transaction.atomic():
            if closing == "private":
                here = {"chair": activity.chair, "activity": activity, "confidentiality": "anonymous"}
                factories.make_sponsorship("accepted", **here, cash_amount=Decimal("60000.00"))
            else:
                type(activity).objects.filter(pk=activity.pk).update(deadline=datetime.date(2020, 1, 1))
            words.append(told_of(activity))
            transaction.set_rollback(True)
    assert words[0] == words[1] and "Closed" in words[0] and "40,000" in words[0]


def test_on_the_day_it_is_published(world, activity):
    keep_private(world, activity, S.ACTIVE, {"named_from": timezone.localdate()})
    page = Client().get(activity.chair.get_absolute_url()).text
    assert "Zephyrine Bocage" in page and "€47,000" in page


def test_the_partner_itself_reads_its_own_file(world, activity):
    here = {"contact": world.contact(PARTNER), "chair": activity.chair, "activity": activity}
    mine = factories.make_sponsorship("accepted", **here, confidentiality="anonymous", cash_amount=Decimal("35000.00"))
    assert "€35,000" in client_of(world, PARTNER).get(mine.get_absolute_url()).text
