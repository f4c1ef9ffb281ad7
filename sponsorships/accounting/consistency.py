"""Recomputes every chain, every total and every kept sum, and says what does not fit."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection

from chairs.models import ClusterShare
from core.money import euros
from sponsorships.accounting import counting_triggers, kept_sums
from sponsorships.accounting.counted_facts import Facts, Key, Numbers, add_up, as_text, facts, nothing
from sponsorships.accounting.hash_chain import START
from sponsorships.accounting.promises import differences
from sponsorships.accounting.sums import ZERO
from sponsorships.accounting.triggers import are_installed
from sponsorships.accounting.whole_ledger import WholeAccount, every_account
from sponsorships.enums import EntryKind, InstalmentStatus
from sponsorships.models import CountedSponsorship, UncountedChange

S = InstalmentStatus
ASKED_OF_PARTNER = (S.INVOICED, S.RECEIVED, S.WRITTEN_OFF)


@dataclass(frozen=True)
class Misfit:
    """A row that does not fit: where it stands and what is wrong with it. For whoever runs the command, in English."""

    sponsorship: str
    where: str
    what: str

    def __str__(self) -> str:
        return f"Sponsorship {self.sponsorship}, {self.where}: {self.what}"


def check_all() -> Iterator[Misfit]:
    """Return all misfits, chain by chain, those of the chains before those of the totals; the kept sums come last."""
    if not are_installed(connection):
        yield Misfit("-", "database", "the triggers that keep the ledger append-only are missing; run migrate")
    if not counting_triggers.are_installed(connection):
        yield Misfit("-", "database", "the triggers that mark what figures count are missing; run migrate")
    marked, shares = (
        set(UncountedChange.objects.values_list("sponsorship_id", flat=True)),
        ClusterShare.objects.agreed(),
    )
    sums: dict[Key, Numbers] = defaultdict(nothing)
    for account in every_account():
        broken = list(_check_chain(account))
        yield from broken or _check_totals(account)
        now = _facts(account, shares)
        counted = _counted(account, now)
        if counted != now and account.sponsorship.pk not in marked:
            yield Misfit(
                str(account.sponsorship.reference),
                "kept sums",
                "it is counted otherwise than it is; run count_money --rebuild",
            )
        if counted:
            add_up(counted, sums, spans="d")
    if kept_sums.differ_from(sums):
        yield Misfit("-", "kept sums", "they differ from what is counted; run count_money --rebuild")


def _check_chain(account: WholeAccount) -> Iterator[Misfit]:
    """Return the first entry that does not fit its chain, or that the chain ends elsewhere than it should."""
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
    """Return where the sums of the entries differ from what statuses, agreements and instalments say."""
    name = str(account.sponsorship.reference)
    for (kind, contribution, _activity), amount in differences(account.sponsorship, account).items():
        yield Misfit(name, f"{kind} ({contribution})", f"the ledger is {euros(amount)} short of what is promised")
    for instalment in account.instalments:
        yield from _check_instalment(name, account, instalment)
    agreed, planned = account.sum(EntryKind.AGREED), account.planned()
    if account.agreements and agreed != planned:
        yield Misfit(name, "instalments", f"they add up to {euros(planned)}, agreed is {euros(agreed)}")


def _check_instalment(name: str, account: WholeAccount, instalment: Any) -> Iterator[Misfit]:
    where = f"instalment {instalment.number}"
    invoiced, received, written_off = (
        account.of_instalment(instalment, kind)
        for kind in (EntryKind.INVOICED, EntryKind.RECEIVED, EntryKind.WRITTEN_OFF)
    )
    expected = instalment.amount if instalment.status in ASKED_OF_PARTNER else ZERO
    if invoiced != expected:
        yield Misfit(name, where, f"invoiced is {euros(invoiced)} and should be {euros(expected)}")
    if received > invoiced:
        yield Misfit(name, where, f"received is {euros(received)}, more than invoiced")
    left = invoiced - received - written_off
    if (left == ZERO) != (instalment.status != S.INVOICED):
        yield Misfit(name, where, f"it is “{instalment.status}” and {euros(left)} is outstanding")


def _facts(account: WholeAccount, shares: dict[int, Any]) -> Facts:
    """Return what the kept sums should count of the sponsorship."""
    entries = [[entry.effective_on, entry.kind, entry.contribution, entry.cents] for entry in account.entries]
    return facts(account.sponsorship._asdict(), entries, [(at, target) for _pk, at, target in account.moves], shares)


def _counted(account: WholeAccount, now: Facts) -> Facts:
    """Return what they do count of it; most often the same, which its text says."""
    for pk, text in account.counted:
        return now if text == as_text(now) else CountedSponsorship(pk=pk, facts=text).as_facts
    return {}
