"""Recompute every chain, every total and every kept sum, and report what does not fit."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone

from chairs.models import ClusterShare
from core.money import euros
from sponsorships.accounting import counting_triggers, kept_sums
from sponsorships.accounting.counted_facts import Facts, as_text, facts
from sponsorships.accounting.daily_sums import DailySums
from sponsorships.accounting.hash_chain import START
from sponsorships.accounting.promises import differences
from sponsorships.accounting.triggers import are_installed
from sponsorships.accounting.whole_ledger import PlannedInstalment, WholeAccount, every_account, in_euros
from sponsorships.enums import EntryKind, InstalmentStatus
from sponsorships.models import CountedSponsorship, UncountedChange

S = InstalmentStatus
ASKED_OF_PARTNER = (S.INVOICED, S.RECEIVED, S.WRITTEN_OFF)


@dataclass(frozen=True)
class Misfit:
    """A row that does not fit: where it is, and what is wrong. In English, for whoever runs the command."""

    sponsorship: str
    where: str
    what: str

    def __str__(self) -> str:
        return f"Sponsorship {self.sponsorship}, {self.where}: {self.what}"


def check_all() -> Iterator[Misfit]:
    """Yield all misfits, account by account: those of the totals only if the chain is intact. The kept sums come last."""
    if not are_installed(connection):
        yield Misfit("-", "database", "the triggers that keep the ledger append-only are missing; run migrate")
    if not counting_triggers.are_installed(connection):
        yield Misfit("-", "database", "the triggers that mark what figures count are missing; run migrate")
    marked, shares = (
        set(UncountedChange.objects.values_list("sponsorship_id", flat=True)),
        ClusterShare.objects.agreed(),
    )
    sums, today = DailySums(), timezone.localdate()
    for account in every_account():
        broken = list(_check_chain(account))
        yield from broken or _check_totals(account)
        now = _facts(account, shares, today)
        counted = _counted(account, now)
        if counted != now and account.sponsorship.pk not in marked:
            yield Misfit(
                str(account.sponsorship.reference),
                "kept sums",
                "it is counted otherwise than it is; run count_money --rebuild",
            )
        if counted:
            sums.add(counted)
    if kept_sums.differ_from(sums.whole()):
        yield Misfit("-", "kept sums", "they differ from what is counted; run count_money --rebuild")


def _check_chain(account: WholeAccount) -> Iterator[Misfit]:
    """Yield the first entry that does not fit its chain, or a chain whose end does not match its head."""
    name, previous, position = str(account.sponsorship.reference), START, 0
    for entry in account.entries:
        position += 1
        if entry.position != position:
            yield Misfit(name, f"entry {entry.position}", f"entry {position} is missing before it")
            return
        if entry.previous_hash != previous or entry.hash != entry.hash_after(previous):
            yield Misfit(name, f"entry {entry.position}", "its content does not match its fingerprint")
            return
        previous = entry.hash
    head = next(iter(account.heads), None)
    if head[1:] != (position, previous) if head else position:
        yield Misfit(name, f"entry {position}", "the chain ends elsewhere than where it was written last")


def _check_totals(account: WholeAccount) -> Iterator[Misfit]:
    """Yield the differences between the sums of the entries, and statuses, agreements and instalments."""
    name = str(account.sponsorship.reference)
    for (kind, contribution, _activity), amount in differences(account.sponsorship, account).items():
        yield Misfit(name, f"{kind} ({contribution})", f"the ledger is {euros(amount)} short of what is promised")
    for instalment in account.instalments:
        yield from _check_instalment(name, account, instalment)
    agreed, planned = account.sum(EntryKind.AGREED), account.planned()
    if account.agreements and agreed != planned:
        said = f"they add up to {euros(in_euros(planned))}, agreed is {euros(in_euros(agreed))}"
        yield Misfit(name, "instalments", said)


def _check_instalment(name: str, account: WholeAccount, instalment: PlannedInstalment) -> Iterator[Misfit]:
    where = f"instalment {instalment.number}"
    invoiced, received, written_off = (
        account.of_instalment(instalment, kind)
        for kind in (EntryKind.INVOICED, EntryKind.RECEIVED, EntryKind.WRITTEN_OFF)
    )
    expected = instalment.cents if instalment.status in ASKED_OF_PARTNER else 0
    if invoiced != expected:
        said = f"invoiced is {euros(in_euros(invoiced))} and should be {euros(in_euros(expected))}"
        yield Misfit(name, where, said)
    if received > invoiced:
        yield Misfit(name, where, f"received is {euros(in_euros(received))}, more than invoiced")
    left = invoiced - received - written_off
    if (left == 0) != (instalment.status != S.INVOICED):
        yield Misfit(name, where, f"it is “{instalment.status}” and {euros(in_euros(left))} is outstanding")


def _facts(account: WholeAccount, shares: dict[int, Any], today: datetime.date) -> Facts:
    """Return the facts by which the kept sums should count the sponsorship."""
    entries = [[entry.effective_on, entry.kind, entry.contribution, entry.cents] for entry in account.entries]
    moves = [(at, target) for _pk, at, target in account.moves]
    return facts(account.sponsorship._asdict(), entries, moves, shares, today)


def _counted(account: WholeAccount, now: Facts) -> Facts:
    """Return the facts by which the kept sums do count it.

    Usually the texts are equal, and `now` is returned unparsed.
    """
    for pk, text in account.counted:
        return now if text == as_text(now) else CountedSponsorship(pk=pk, facts=text).as_facts
    return {}
