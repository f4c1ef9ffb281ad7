"""Which clauses an agreement has, and how their texts are rewritten. The first texts are in clauses.toml."""

import tomllib
from pathlib import Path

from django.apps import apps as all_apps
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from clusters.perms import can_keep_reference_data
from core.exceptions import Refused
from sponsorships.agreements.terms import amended
from sponsorships.enums import ClauseCondition, Confidentiality
from sponsorships.models import Agreement, Clause, ClauseVersion

FIRST_TEXTS = Path(__file__).with_name("clauses.toml")
TEXTS = ("title_en", "title_fr", "text_en", "text_fr")
# Leaves room for clauses that staff insert between two of the file.
STEP = 10

CALLED_FOR = {
    ClauseCondition.ALWAYS: lambda agreement: True,
    ClauseCondition.CASH: lambda agreement: agreement.cash_amount > 0,
    ClauseCondition.VALUED: lambda agreement: agreement.in_kind_amount > 0 or agreement.skills_amount > 0,
    ClauseCondition.CIFRE: lambda agreement: agreement.sponsorship.is_cifre,
    ClauseCondition.OTHER_PARTIES: lambda agreement: bool(agreement.other_parties.strip()),
    ClauseCondition.PUBLIC: lambda agreement: agreement.sponsorship.confidentiality == Confidentiality.PUBLIC,
    ClauseCondition.BAND: lambda agreement: agreement.sponsorship.confidentiality == Confidentiality.BAND,
    ClauseCondition.NAME_ONLY: lambda agreement: agreement.sponsorship.confidentiality == Confidentiality.NAME_ONLY,
    ClauseCondition.ANONYMOUS: lambda agreement: agreement.sponsorship.confidentiality == Confidentiality.ANONYMOUS,
    ClauseCondition.AMENDMENT: lambda agreement: agreement.is_amendment,
}


def clauses_of(agreement: Agreement) -> list[ClauseVersion]:
    """Return the latest versions of the clauses that an agreement has, in order.

    An amendment leaves the earlier clauses in force. It has the clauses for amendments, and those that its new terms
    need.
    """
    before = amended(agreement)
    regimes = ("", agreement.sponsorship.regime)
    clauses = Clause.objects.used().filter(regime__in=regimes).prefetch_related("versions")
    called = [clause for clause in clauses if _is_called_for(clause, agreement, before)]
    return [clause.latest for clause in called if clause.latest is not None]


def _is_called_for(clause: Clause, agreement: Agreement, before: Agreement | None) -> bool:
    holds = CALLED_FOR[ClauseCondition(clause.condition)]
    if before is None or clause.condition == ClauseCondition.AMENDMENT:
        return holds(agreement)
    return holds(agreement) and not holds(before)


@transaction.atomic
def rewrite(clause: Clause, texts: dict, *, by: User | None, seen: int = 0) -> ClauseVersion | None:
    """Add a version to a clause and return it, or None if the texts are the same.

    `seen` is the number of the version that the user edited. Raise Refused if there is a later one, or if `by` may not.
    """
    if by is not None and not can_keep_reference_data(by):
        raise Refused([_("Model clauses are national: the coordinator maintains them.")])
    current = Clause.objects.select_for_update().get(pk=clause.pk)
    latest = current.latest
    if latest is not None and seen != latest.number:
        raise Refused([_("Somebody has rewritten this clause in the meantime. Open it again.")])
    if latest is not None and all(getattr(latest, name) == texts[name] for name in TEXTS):
        return None
    number = latest.number + 1 if latest else 1
    return ClauseVersion.objects.create(clause=current, number=number, written_by=by, **{t: texts[t] for t in TEXTS})


def add_first_texts(sender, using, apps=all_apps, **kwargs) -> None:
    """Create the clauses of clauses.toml that do not exist yet, after each `migrate`. Existing texts are kept."""
    try:
        clauses, versions = (apps.get_model("sponsorships", name) for name in ("Clause", "ClauseVersion"))
    except LookupError:  # migrated back to before the models existed
        return
    known = set(clauses.objects.using(using).values_list("key", flat=True))
    for number, entry in enumerate(first_texts(), 1):
        if entry["key"] in known:
            continue
        place = {name: entry.get(name, "") for name in ("key", "regime", "condition")}
        clause = clauses.objects.using(using).create(position=number * STEP, **place)
        texts = {name: entry[name].strip() for name in TEXTS}
        versions.objects.using(using).create(clause=clause, number=1, **texts)


def first_texts() -> list[dict]:
    with FIRST_TEXTS.open("rb") as file:
        return tomllib.load(file)["clause"]
