"""Read all accounts of the ledger in a constant number of queries, with one account in memory at a time."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from json.encoder import encode_basestring_ascii as quoted
from operator import itemgetter
from typing import Any, NamedTuple

from django.db import connection

from core.streams import CHUNK, Stream, rows_of
from sponsorships.accounting.hash_chain import hash_of
from sponsorships.accounting.promises import PROMISES, Key
from sponsorships.enums import IN_FORCE_STATUSES, Contribution, EntryKind
from sponsorships.models import (
    Agreement,
    CountedSponsorship,
    Instalment,
    LedgerHead,
    Sponsorship,
    SponsorshipTransition,
)

CASH = Contribution.CASH.value
PROMISED = frozenset(kind.value for kind in PROMISES)
FIRST = itemgetter(0)
# SQL that writes each type as in the hashed text (`hash_chain.content_of`), so that Python need not convert it.
AS_TEXT = {
    "sqlite": {
        "euros": "printf('%.2f', {})",
        "cents": "CAST(ROUND({} * 100) AS INTEGER)",
        "rate": "printf('%.1f', {})",
        "day": "CAST({} AS TEXT)",
        "second": "substr({0}, 1, 10) || 'T' || substr({0}, 12, 8) || 'Z'",
        "number": (
            "substr({0}, 1, 8) || '-' || substr({0}, 9, 4) || '-' || substr({0}, 13, 4) || '-' || substr({0}, 17, 4)"
            " || '-' || substr({0}, 21)"
        ),
    },
    "postgresql": {
        "euros": "CAST({} AS text)",
        "cents": "CAST({} * 100 AS bigint)",
        "rate": "CAST({} AS text)",
        "day": "to_char({}, 'YYYY-MM-DD')",
        "second": "to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')",
        "number": "CAST({} AS text)",
    },
}
# For each field of `Entry`: the format in AS_TEXT (none if empty), and the column.
READ = {
    "sponsorship_id": ("", "entry.sponsorship_id"),
    "instalment_id": ("", "entry.instalment_id"),
    "previous_hash": ("", "entry.previous_hash"),
    "hash": ("", "entry.hash"),
    "cents": ("cents", "entry.amount"),
    "sponsorship": ("number", "sponsorship.reference"),
    "position": ("", "entry.position"),
    "kind": ("", "entry.kind"),
    "contribution": ("", "entry.contribution"),
    "amount": ("euros", "entry.amount"),
    "effective_on": ("day", "entry.effective_on"),
    "recorded_at": ("second", "entry.recorded_at"),
    "act": ("number", "entry.act"),
    "line": ("", "entry.line"),
    "activity": ("", "entry.activity_id"),
    "agreement": ("", "agreement.number"),
    "instalment": ("", "instalment.number"),
    "reverses": ("", "reversed.position"),
    "reference": ("", "entry.reference"),
    "method": ("", "entry.method"),
    "vat_rate": ("rate", "entry.vat_rate"),
    "vat": ("euros", "entry.vat"),
}
JOINED = """FROM sponsorships_ledgerentry AS entry
JOIN sponsorships_sponsorship AS sponsorship ON sponsorship.id = entry.sponsorship_id
LEFT JOIN sponsorships_agreement AS agreement ON agreement.id = entry.agreement_id
LEFT JOIN sponsorships_instalment AS instalment ON instalment.id = entry.instalment_id
LEFT JOIN sponsorships_ledgerentry AS reversed ON reversed.id = entry.reverses_id
ORDER BY entry.sponsorship_id, entry.position"""
OF_SPONSORSHIP = (
    "pk reference status submitted_at activity_id cash_amount in_kind_amount skills_amount origin confidentiality "
    "named_from amount_from chair chair__status chair__cluster"
).split()
OF_AGREEMENT = "sponsorship_id pk number activity_id cash_amount in_kind_amount skills_amount".split()


class Entry(NamedTuple):
    """A ledger entry as text. The fields from `sponsorship` on are the hashed content, under the same names."""

    sponsorship_id: int
    instalment_id: int | None
    previous_hash: str
    hash: str
    cents: int
    sponsorship: str
    position: int
    kind: str
    contribution: str
    amount: str
    effective_on: str
    recorded_at: str
    act: str
    line: int
    activity: int | None
    agreement: int | None
    instalment: int | None
    reverses: int | None
    reference: str
    method: str
    # Part of the content only if the entry has VAT.
    vat_rate: str | None
    vat: str | None

    def content(self) -> dict[str, Any]:
        """Return the entry's content as `hash_chain.content_of` does."""
        return dict(zip(CONTENT, self[FIRST_SAID : None if self.vat_rate else FIRST_OF_VAT], strict=False))

    def hash_after(self, previous: str) -> str:
        """Return `hash_of(self.content(), previous)` at a quarter of its cost, by writing the JSON directly."""
        try:
            text = self._text(previous)
        except TypeError:  # a column holds another type than expected
            return hash_of(self.content(), previous)
        return sha256(text.encode("ascii")).hexdigest()

    def _text(self, previous: str) -> str:
        """Return the JSON that is hashed, with its keys in alphabetical order."""
        vat = ""
        if self.vat_rate:  # both or neither, by constraint; if broken, TypeError
            vat = f',"vat":{quoted(self.vat)},"vat_rate":{quoted(self.vat_rate)}'  # type: ignore[arg-type]
        return (
            f'[{quoted(previous)},{{"act":{quoted(self.act)},"activity":{_number(self.activity)},'
            f'"agreement":{_number(self.agreement)},"amount":{quoted(self.amount)},'
            f'"contribution":{quoted(self.contribution)},"effective_on":{quoted(self.effective_on)},'
            f'"instalment":{_number(self.instalment)},"kind":{quoted(self.kind)},"line":{self.line},'
            f'"method":{quoted(self.method)},"position":{self.position},"recorded_at":{quoted(self.recorded_at)},'
            f'"reference":{quoted(self.reference)},"reverses":{_number(self.reverses)},'
            f'"sponsorship":{quoted(self.sponsorship)}{vat}}}]'
        )


def _number(value: int | None) -> int | str:
    return "null" if value is None else value


FIRST_SAID, FIRST_OF_VAT = Entry._fields.index("sponsorship"), Entry._fields.index("vat_rate")
CONTENT = Entry._fields[FIRST_SAID:]


class PlannedInstalment(NamedTuple):
    """An instalment, with its amount in cents."""

    sponsorship_id: int
    pk: int
    number: int
    cents: int
    status: str
    superseded_on: object
    agreement_id: int


@dataclass
class WholeAccount:
    """A sponsorship with its account: entries by position, instalments, agreements in force, and the head of its chain."""

    # A row with the columns OF_SPONSORSHIP.
    sponsorship: Any
    entries: list[Entry]
    instalments: list[PlannedInstalment]
    # Rows with the columns OF_AGREEMENT.
    agreements: list[Any]
    # Rows of LedgerHead: sponsorship, position and hash.
    heads: list[tuple[Any, ...]]
    # Transitions: sponsorship, moment and new status.
    moves: list[tuple[Any, ...]]
    # Rows of CountedSponsorship: sponsorship and facts.
    counted: list[tuple[Any, ...]]

    def __post_init__(self) -> None:
        # In cents: a Decimal for each of a million entries takes as long as its hash.
        self.sums: dict[tuple[str, str, int | None], int] = defaultdict(int)
        for entry in self.entries:
            self.sums[entry.kind, entry.contribution, entry.instalment_id] += entry.cents

    def sum(self, kind: str, contribution: str = CASH) -> int:
        """Return the sum of the entries of a kind and contribution, in cents."""
        return sum(cents for (of, how, _instalment), cents in self.sums.items() if of == kind and how == contribution)

    def of_instalment(self, instalment: PlannedInstalment, kind: str) -> int:
        """Return the cash of the instalment's entries of a kind, in cents."""
        return self.sums.get((kind, CASH, instalment.pk), 0)

    def planned(self) -> int:
        """Return the sum of the standing instalments, in cents."""
        binding = {agreement.pk for agreement in self.agreements}
        return sum(one.cents for one in self.instalments if one.agreement_id in binding and one.superseded_on is None)

    def recorded(self) -> dict[Key, Decimal]:
        found: dict[Key, int] = defaultdict(int)
        for entry in self.entries:
            if entry.kind in PROMISED:
                found[entry.kind, entry.contribution, entry.activity] += entry.cents
        return {key: in_euros(cents) for key, cents in found.items()}

    def agreement(self) -> Any:
        return max(self.agreements, key=lambda agreement: agreement.number, default=None)

    def kept_at_the_end(self) -> dict[str, Decimal]:
        otherwise = (Contribution.IN_KIND.value, Contribution.SKILLS.value)
        received = {name: in_euros(self.sum(EntryKind.RECEIVED, name)) for name in otherwise}
        return {CASH: in_euros(self.planned()), **received}


def in_euros(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-2)


def every_account() -> Iterator[WholeAccount]:
    """Yield the accounts of all sponsorships, by key."""
    in_force = Agreement.objects.filter(status__in=IN_FORCE_STATUSES).order_by("sponsorship_id")
    agreements = in_force.values_list(*OF_AGREEMENT, named=True)
    heads = LedgerHead.objects.order_by("sponsorship_id").values_list("sponsorship_id", "position", "hash")
    moves = SponsorshipTransition.objects.order_by("record_id", "at", "pk").values_list("record_id", "at", "target")
    counted = CountedSponsorship.objects.order_by("pk").values_list("pk", "facts")
    streams = [
        Stream(entries_as_text(), FIRST),
        Stream(_instalments(), FIRST),
        *(Stream(rows.iterator(CHUNK), FIRST) for rows in (agreements, heads, moves, counted)),
    ]
    sponsorships = Sponsorship.objects.order_by("pk").values_list(*OF_SPONSORSHIP, named=True)
    for sponsorship in sponsorships.iterator(CHUNK):
        yield WholeAccount(sponsorship, *(stream.of(sponsorship.pk) for stream in streams))


def entries_as_text() -> Iterator[Entry]:
    """Yield all entries as text, by sponsorship and position."""
    written = AS_TEXT[connection.vendor]
    read = (READ[name] for name in Entry._fields)
    columns = (_column(written[how], column) if how else column for how, column in read)
    return map(Entry._make, rows_of(f"SELECT {', '.join(columns)} {JOINED}"))


def _instalments() -> Iterator[PlannedInstalment]:
    cents = AS_TEXT[connection.vendor]["cents"].format("amount")
    columns = f"sponsorship_id, id, number, {cents}, status, superseded_on, agreement_id"
    rows = rows_of(f"SELECT {columns} FROM {Instalment._meta.db_table} ORDER BY sponsorship_id, number")
    return map(PlannedInstalment._make, rows)


def _column(written: str, column: str) -> str:
    return f"CASE WHEN {column} IS NOT NULL THEN {written.format(column)} END"
