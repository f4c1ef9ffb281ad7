"""Recomputes every chain and every total, and says what does not fit."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from core.money import euros
from sponsorships.accounting.conditions import outstanding, received
from sponsorships.accounting.hash_chain import START, content_of, hash_of
from sponsorships.accounting.promises import differences
from sponsorships.accounting.sums import ZERO
from sponsorships.accounting.triggers import are_installed
from sponsorships.enums import EntryKind, InstalmentStatus
from sponsorships.models import Instalment, LedgerHead, Sponsorship

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
    """Return all misfits, chain by chain, those of the chains before those of the totals."""
    if not are_installed(connection):
        yield Misfit("-", "database", "the triggers that keep the ledger append-only are missing; run migrate")
    for sponsorship in Sponsorship.objects.order_by("pk").iterator(chunk_size=200):
        broken = list(check_chain(sponsorship))
        yield from broken or check_totals(sponsorship)


def check_chain(sponsorship: Sponsorship) -> Iterator[Misfit]:
    """Return the first entry that does not fit its chain, or that the chain ends elsewhere than it should."""
    name, previous, position = str(sponsorship.reference), START, 0
    for entry in sponsorship.entries.select_related("agreement", "instalment", "reverses").order_by("position"):
        position += 1
        entry.sponsorship = sponsorship
        where = f"entry {entry.position}"
        if entry.position != position:
            yield Misfit(name, where, f"entry {position} is missing before it")
            return
        if entry.previous_hash != previous or entry.hash != hash_of(content_of(entry), previous):
            yield Misfit(name, where, "its content does not match its fingerprint")
            return
        previous = entry.hash
    head = LedgerHead.objects.filter(sponsorship=sponsorship).first()
    if (head.position, head.hash) != (position, previous) if head else position:
        yield Misfit(name, f"entry {position}", "the chain ends elsewhere than where it was written last")


def check_totals(sponsorship: Sponsorship) -> Iterator[Misfit]:
    """Return where the sums of the entries differ from what statuses, agreements and instalments say."""
    name = str(sponsorship.reference)
    for (kind, contribution, _activity), amount in differences(sponsorship).items():
        yield Misfit(name, f"{kind} ({contribution})", f"the ledger is {euros(amount)} short of what is promised")
    for instalment in sponsorship.instalments.all():
        yield from _check_instalment(name, instalment)
    agreement = sponsorship.agreements.in_force().order_by("-number").first()
    agreed, planned = sponsorship.entries.total(EntryKind.AGREED), sponsorship.instalments.standing().total()
    if agreement is not None and agreed != planned:
        yield Misfit(name, "instalments", f"they add up to {euros(planned)}, agreed is {euros(agreed)}")


def _check_instalment(name: str, instalment: Instalment) -> Iterator[Misfit]:
    where = f"instalment {instalment.number}"
    invoiced = instalment.entries.total(EntryKind.INVOICED)
    expected = instalment.amount if instalment.status in ASKED_OF_PARTNER else ZERO
    if invoiced != expected:
        yield Misfit(name, where, f"invoiced is {euros(invoiced)} and should be {euros(expected)}")
    if received(instalment) > invoiced:
        yield Misfit(name, where, f"received is {euros(received(instalment))}, more than invoiced")
    left = outstanding(instalment)
    if (left == ZERO) != (instalment.status != S.INVOICED):
        yield Misfit(name, where, f"it is “{instalment.status}” and {euros(left)} is outstanding")
