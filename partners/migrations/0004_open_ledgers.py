"""Opens the ledger of the sponsorships that were there before it: one entry for each promise that stands."""

from decimal import Decimal
from uuid import uuid4

from django.db import migrations
from django.utils import timezone

from partners.ledger.chain import START, content_of, hash_of

ZERO = Decimal("0.00")
PENDING = {"in_review", "changes_requested"}
AGREED = {"accepted", "active", "completed"}


def promises(sponsorship):
    kinds = []
    if sponsorship.submitted_at is not None:
        kinds.append(("asked", sponsorship.submitted_at))
    if sponsorship.status in PENDING:
        kinds.append(("pending", sponsorship.submitted_at or sponsorship.created_at))
    if sponsorship.status in AGREED:
        kinds.append(("agreed", sponsorship.accepted_at or sponsorship.updated_at))
    for kind, since in sorted(kinds, key=lambda pair: pair[1]):
        for contribution in ("cash", "in_kind", "skills"):
            amount = getattr(sponsorship, f"{contribution}_amount")
            if amount:
                yield kind, contribution, amount, timezone.localdate(since)


def open_ledgers(apps, schema_editor):
    Sponsorship, Entry, Head = (apps.get_model("partners", name) for name in ("Sponsorship", "LedgerEntry", "LedgerHead"))
    for sponsorship in Sponsorship.objects.filter(entries=None).iterator(chunk_size=500):
        previous, position, act = START, 0, uuid4()
        for line, (kind, contribution, amount, since) in enumerate(promises(sponsorship)):
            position = line + 1
            entry = Entry(
                sponsorship=sponsorship,
                position=position,
                kind=kind,
                contribution=contribution,
                amount=amount,
                effective_on=since,
                recorded_at=timezone.now(),
                act=act,
                line=line,
                activity_id=sponsorship.activity_id,
                previous_hash=previous,
            )
            entry.hash = previous = hash_of(content_of(entry), previous)
            entry.save()
        if position:
            Head.objects.create(sponsorship=sponsorship, position=position, hash=previous)


class Migration(migrations.Migration):
    dependencies = [("partners", "0003_agreements_instalments_ledger")]

    # Undone, the tables go with the migration before: there is nothing to take back here.
    operations = [migrations.RunPython(open_ledgers, migrations.RunPython.noop)]
