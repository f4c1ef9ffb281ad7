"""A verb that breaks off at any statement leaves nothing of itself; done again, it leaves what it would have.

Each is broken off at its first statement, at its second, and so on until it comes through, each time as a request would: the
rows of the tables and the files are then as they were before.
"""

from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import timezone

from config.backup import tables
from core.models.mail import OutgoingMail
from core.storage import remove_unconfirmed
from figures.enums import Measure
from figures.kept import KeptSums
from sponsorships.accounting import in_kind
from sponsorships.accounting.conditions import reversible
from sponsorships.accounting.consistency import check_all
from sponsorships.enums import ValuationMethod
from sponsorships.models import LedgerEntry, LedgerHead, Sponsorship
from sponsorships.models.kept_sum import CountedSponsorship, KeptSum, UncountedChange
from sponsorships.publication import publish
from tests import factories
from tests.sponsorships.agreements.papers import signed
from tests.verbs import perform

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.database(quick=True),
    pytest.mark.exhaustive,
    pytest.mark.usefixtures("field_history", "search_index"),
]
# No verb asks so many statements: an end to the attempts.
AT_MOST = 400


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    """A disk of this test's own: others of the run write their files meanwhile."""
    settings.MEDIA_ROOT = tmp_path / "media"


class Crash(Exception):
    """The server is gone."""


class CrashAt:
    """Breaks off at the statement of a number, and at every later one: nobody goes on after it."""

    def __init__(self, number):
        self.left = number

    def __call__(self, execute, sql, params, many, context):
        self.left -= 1
        if self.left <= 0:
            raise Crash(sql)
        return execute(sql, params, many, context)


class Money:
    """A sponsorship that runs, its people, and one way to do each thing: `prepare_…` comes before it where needed."""

    def __init__(self):
        self.sponsorship = factories.make_running(parts=["20000.00", "30000.00"], in_kind_amount=Decimal("500.00"))
        self.cluster = self.sponsorship.chair.cluster
        self.manager, self.colleague = factories.make_staff(self.cluster), factories.make_staff(self.cluster)
        self.partner = self.sponsorship.signatory

    def lead(self, status, verb):
        """Return what leads another sponsorship on from a status."""
        other = factories.make_sponsorship(status, self.partner, chair=self.sponsorship.chair)
        by = self.partner.user if verb in ("submit", "withdraw") else self.manager
        return partial(perform, other, verb, by=by, note="Why.")

    def terminate(self):
        return partial(perform, self.sponsorship, "terminate", by=self.manager, note="Why.")

    def amend(self):
        agreement = factories.make_agreement(self.sponsorship, by=self.manager, cash_amount=Decimal("60000.00"))
        return partial(perform, agreement, "record", by=self.colleague)

    def countersign(self):
        agreement = signed(contact=self.partner, chair=self.sponsorship.chair, by=self.manager)
        told = {"name": "Max Manager", "address": "192.0.2.8", "code_confirmed_at": timezone.now()}
        return partial(perform, agreement, "countersign", by=self.manager, details=told)

    def collect(self, *verbs):
        """Return what does the last of these verbs on an instalment, on which the others were done."""
        one = self.sponsorship.instalments.first()
        for verb in verbs[:-1]:
            one = perform(one, verb, by=self.manager, note="Why.", details=self.told(one))
        return partial(perform, one, verbs[-1], by=self.manager, note="Why.", details=self.told(one))

    def told(self, one):
        paid = reversible(one).first()
        amounts = {"invoiced": "20000.01", "received": "0.01"}
        amount = Decimal(amounts.get(one.status, "1.00"))
        return {"number": "F 1", "reference": "B 1", "amount": amount, "entry": paid.pk if paid else None}

    def give(self):
        said = {"amount": Decimal("400.00"), "method": ValuationMethod.COST, "note": "Hours."}
        return partial(in_kind.record, self.sponsorship, by=self.manager, contribution="in_kind", **said)

    def take_back(self):
        return partial(in_kind.reverse, self.give()(), by=self.manager, note="Why.")

    def publish(self):
        chosen = {"confidentiality": "anonymous", "named_from": None, "amount_from": None, "shows_logo": False}
        return partial(publish, self.sponsorship, by=self.partner.user, chosen=chosen)


ASKED = ("fall_due", "invoice")
ACTS = {
    "submit": lambda money: money.lead("draft", "submit"),
    "accept": lambda money: money.lead("in_review", "accept"),
    "withdraw": lambda money: money.lead("accepted", "withdraw"),
    "terminate": Money.terminate,
    "amend": Money.amend,
    "countersign": Money.countersign,
    "fall_due": lambda money: money.collect("fall_due"),
    "invoice": lambda money: money.collect(*ASKED),
    "receive": lambda money: money.collect(*ASKED, "receive"),
    "refund": lambda money: money.collect(*ASKED, "receive", "refund"),
    "reverse_payment": lambda money: money.collect(*ASKED, "receive", "reverse_payment"),
    "cancel_invoice": lambda money: money.collect(*ASKED, "cancel_invoice"),
    "undo_write_off": lambda money: money.collect(*ASKED, "write_off", "undo_write_off"),
    "give": Money.give,
    "take_back": Money.take_back,
    "publish": Money.publish,
}


def everything():
    """Return all that there is: the rows of what money touches, how many rows every table has, and the files."""
    watched = (LedgerEntry, LedgerHead, OutgoingMail, KeptSum, CountedSponsorship, UncountedChange)
    followed = [one for one in tables.models() if one._meta.app_label == "sponsorships"]
    rows = {model._meta.label: list(tables.rows(model)) for model in {*watched, *followed}}
    # A view of the search index is not a table that can be counted.
    names = [name for name in connection.introspection.table_names() if not name.startswith("chairs_search_")]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT '{name}', COUNT(*) FROM \"{name}\"" for name in names))
        counts = dict(cursor.fetchall())
    return rows, counts, files()


def files():
    folder = Path(default_storage.location)
    return {path.name for path in folder.rglob("*") if path.is_file()}


def outcome():
    """Return what a verb leaves, without what differs at each attempt: keys, moments and fingerprints."""
    entries = LedgerEntry.objects.order_by("sponsorship", "position")
    said = ("sponsorship", "position", "kind", "contribution", "amount", "effective_on", "line", "instalment__number")
    statuses = [list(Sponsorship.objects.order_by("pk").values_list("pk", "status", "confidentiality", "revision"))]
    for model in ("agreements", "instalments"):
        statuses.append(
            sorted(Sponsorship.objects.exclude(**{model: None}).values_list(f"{model}__pk", f"{model}__status"))
        )
    mails = sorted(OutgoingMail.objects.values_list("occasion", "address"))
    moves = sorted(
        Sponsorship.objects.values_list("pk", "transitions__verb", "instalments__transitions__verb"), key=str
    )
    return list(entries.values_list(*said)), statuses, mails, moves, len(files())


def done_in_vain(act):
    """Return what an act leaves, and undo it: what it is to leave after the attempts."""
    with transaction.atomic():
        act()
        found = outcome()
        transaction.set_rollback(True)
    remove_unconfirmed()
    return found


# CI breaks off one of each sort: a payment, a change of status, an agreement with its file. The audit breaks off all.
IN_CI = ("receive", "accept", "amend")
CASES = [*IN_CI, *(pytest.param(name, marks=pytest.mark.audit) for name in ACTS if name not in IN_CI)]


@pytest.mark.each_case
@pytest.mark.parametrize("name", CASES)
def test_it_leaves_nothing_and_can_be_done_again(name):
    act = ACTS[name](Money())
    remove_unconfirmed()
    before, expected = everything(), done_in_vain(act)
    assert expected != outcome() and everything() == before
    for number in range(1, AT_MOST):
        try:
            with connection.execute_wrapper(CrashAt(number)):
                act()
        except Crash as crash:
            remove_unconfirmed()
            assert everything() == before, f"broken off at statement {number}: {crash}"
        else:
            break
    # It broke off often; then it came through, though counting its sums after the commit did not.
    assert number > 5 and outcome() == expected
    assert list(check_all()) == []
    today = timezone.localdate()
    asked = sum(entry.amount for entry in LedgerEntry.objects.filter(kind="asked", contribution="cash"))
    assert KeptSums(today).total()[Measure.ASKED] == asked
