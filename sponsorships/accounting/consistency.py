"""Recomputes every chain, every total and every kept sum, and says what does not fit."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection

from chairs.models import ClusterShare
from core.money import euros
from sponsorships.accounting import counting_triggers, kept_sums
from sponsorships.accounting.counted_facts import Key, Numbers, add_up, facts, nothing
from sponsorships.accounting.hash_chain import START, content, hash_of
from sponsorships.accounting.promises import differences
from sponsorships.accounting.sums import ZERO
from sponsorships.accounting.triggers import are_installed
from sponsorships.accounting.whole_ledger import WholeAccount, every_account
from sponsorships.enums import EntryKind, InstalmentStatus
from sponsorships.models import Instalment, UncountedChange

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
        yield from _check_counted(account, marked, shares)
        for row in account.counted:
            add_up(row.as_facts, sums, spans="d")
    if kept_sums.differ_from(sums):
        yield Misfit("-", "kept sums", "they differ from what is counted; run count_money --rebuild")


def _check_chain(account: WholeAccount) -> Iterator[Misfit]:
    """Return the first entry that does not fit its chain, or that the chain ends elsewhere than it should."""
    reference = account.sponsorship.reference
    name, previous, position = str(reference), START, 0
    for entry in account.entries:
        position += 1
        where = f"entry {entry.position}"
        if entry.position != position:
            yield Misfit(name, where, f"entry {position} is missing before it")
            return
        said = content(
            entry,
            sponsorship=reference,
            agreement=entry.agreement_number,
            instalment=entry.instalment_number,
            reverses=entry.reversed_position,
        )
        if entry.previous_hash != previous or entry.hash != hash_of(said, previous):
            yield Misfit(name, where, "its content does not match its fingerprint")
            return
        previous = entry.hash
    head = next(iter(account.heads), None)
    if (head.position, head.hash) != (position, previous) if head else position:
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


def _check_instalment(name: str, account: WholeAccount, instalment: Instalment) -> Iterator[Misfit]:
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


def _check_counted(account: WholeAccount, marked: set[int], shares: dict[int, Any]) -> Iterator[Misfit]:
    """Return whether the kept sums count the sponsorship otherwise than it is, although nothing waits to be counted."""
    sponsorship = account.sponsorship
    if sponsorship.pk in marked:
        return
    row = {
        **{
            name: getattr(sponsorship, name)
            for name in ("status", "origin", "confidentiality", "named_from", "amount_from")
        },
        "chair": sponsorship.chair_id,
        "chair__status": sponsorship.chair.status,
        "chair__cluster": sponsorship.chair.cluster_id,
    }
    entries = [(entry.effective_on, entry.kind, entry.contribution, entry.amount) for entry in account.entries]
    now = facts(row, entries, [(at, target) for _pk, at, target in account.moves], shares)
    if now != (account.counted[0].as_facts if account.counted else {}):
        yield Misfit(
            str(sponsorship.reference), "kept sums", "it is counted otherwise than it is; run count_money --rebuild"
        )
