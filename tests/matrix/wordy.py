"""Records with words that no row of the matrix asks for: with them each text of each record has a canary (test_canaries.py)."""

import datetime

from django.apps import apps
from django.utils import timezone

from sponsorships.accounting.posting import Line, post
from sponsorships.enums import EntryKind
from tests import factories
from tests.matrix.world import World
from tests.personas import MANAGER, PARTNER, PI

WORDS = "Words of somebody."
SOURCE = "https://example.org/"
# In what the database lets nobody change, the canary stands from the beginning; the numbers of the others stay far below.
IN_THE_LEDGER = "canary900001x"


def write_words(world: World) -> None:
    for label, values in [
        *of_clusters(world),
        *of_chairs(world),
        *of_money(world),
        *of_reports(world),
        *of_the_site(world),
    ]:
        apps.get_model(label)._default_manager.create(**values)
    paid = Line(EntryKind.RECEIVED, amount=1, reference=IN_THE_LEDGER)
    post(world.sponsorships["active"], [paid], on=timezone.localdate())
    write_by_update(world)


def of_clusters(world: World) -> list[tuple[str, dict]]:
    here = {"cluster": world.cluster, "source": SOURCE}
    return [
        ("clusters.InstitutionAlias", {"institution": world.institution, "name": WORDS}),
        ("clusters.Membership", {"institution": world.institution, "role": "associated", **here}),
        ("clusters.Director", {"person": world.person, "role": "director", "note": WORDS, **here}),
        ("clusters.Figure", {"label_en": WORDS, "label_fr": WORDS, "value": 1, "unit": WORDS, "note": WORDS, **here}),
    ]


def of_chairs(world: World) -> list[tuple[str, dict]]:
    moved = {"verb": "suspend", "source": "active", "target": "suspended", "by": world.cast[MANAGER], "note": WORDS}
    return [
        ("chairs.ChairTransition", {"record": world.chairs["draft"], **moved}),
        (
            "chairs.ActivityTransition",
            {"record": world.activity, **moved, "verb": "close", "source": "open", "target": "closed"},
        ),
        ("chairs.StatedPartner", {"chair": world.chair, "name": WORDS, "unit": WORDS, "kind": WORDS}),
        (
            "chairs.TeachingElement",
            {"chair": world.chairs["draft"], "title_en": WORDS, "title_fr": WORDS, "level": WORDS},
        ),
    ]


def of_money(world: World) -> list[tuple[str, dict]]:
    of, by = {"sponsorship": world.sponsorships["in_review"]}, world.cast[MANAGER]
    asked = factories.make_sponsorship("changes_requested", world.contact(PARTNER), chair=world.chair)
    transition = asked.transitions.create(verb="request_changes", source="in_review", target="changes_requested", by=by)
    return [
        ("sponsorships.LateEntry", {"year": 2001, "reason": WORDS, "allowed_by": by, **of}),
        ("sponsorships.ConflictResolution", {"kind": "employer", "conflict": WORDS, "text": WORDS, "by": by, **of}),
        ("sponsorships.Endorsement", {"by": world.cast[PI], "note": WORDS, **of}),
        ("sponsorships.SponsorshipSubmission", {"number": 9, "by": by, "data": {"purpose": WORDS}, **of}),
        ("sponsorships.FieldRemark", {"transition": transition, "field": "purpose", "text": WORDS}),
        ("imports.OwnReference", {"cluster": world.cluster, "reference": WORDS, **of}),
    ]


def of_reports(world: World) -> list[tuple[str, dict]]:
    moved = {
        "verb": "send_back",
        "source": "submitted",
        "target": "sent_back",
        "by": world.cast[MANAGER],
        "note": WORDS,
    }
    counts = {"slug": "of-the-world", "first": "chairs", "operation": "plus", "second": "people", "unit": "number"}
    indicator = apps.get_model("yearly.Indicator").objects.create(
        name_en=WORDS, name_fr=WORDS, definition_en=WORDS, definition_fr=WORDS, **counts
    )
    said = {"report": world.year_report, "indicator": indicator, "text_en": WORDS, "text_fr": WORDS}
    return [
        ("progress.ProgressReportTransition", {"record": world.reports["sent_back"], **moved}),
        ("yearly.ChairYearReportTransition", {"record": world.chair_years["sent_back"], **moved}),
        ("yearly.YearReportTransition", {"record": world.year_report, **moved}),
        ("yearly.IndicatorComment", said),
    ]


def of_the_site(world: World) -> list[tuple[str, dict]]:
    now, by = timezone.now(), world.cast[MANAGER]
    head = apps.get_model("transparency.TreeHead").objects.create(size=1, root="00", note=WORDS, signed_at=now)
    until = timezone.localdate() + datetime.timedelta(days=300)
    alert = {"address": "somebody@example.org", "language": "en", "list_name": "chairs", "query": "q=words"}
    return [
        ("core.MailOptOut", {"address": "somebody@example.org"}),
        ("core.MailWording", {"occasion": "reminder", "language": "en", "subject": WORDS, "body": WORDS, "by": by}),
        ("lists.SearchAlert", {"ends_on": until, **alert}),
        (
            "desk.TaskNote",
            {"kind": "chairs.chair", "record": world.chair.pk, "cluster": world.cluster, "by": by, "text": WORDS},
        ),
        ("transparency.LogLeaf", {"place": 900_001, "kind": "entry", "subject": WORDS, "sha256": "00"}),
        ("transparency.Cosignature", {"head": head, "witness": WORDS, "line": WORDS, "seen_at": now}),
        ("transparency.WitnessedHead", {"origin": WORDS, "size": 1, "root": "00", "note": WORDS, "seen_at": now}),
    ]


def write_by_update(world: World) -> None:
    """Fill what no verb filled in the world."""
    world.closed_year.reopened_by, world.closed_year.reopened_at = world.cast[MANAGER], timezone.now()
    world.closed_year.reopened_because = WORDS
    world.closed_year.save()
    world.asked_change.before = {"legal_form": WORDS}
    world.asked_change.save()
    for part in world.overlap.parts.all():
        part.save()
