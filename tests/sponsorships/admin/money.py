"""What the tests of the panel's money pages share: a running sponsorship, addresses, forms as a browser posts them."""

import datetime
import uuid

from django.utils import timezone

from tests import factories
from tests.verbs import perform

SPONSORSHIPS, AGREEMENTS = "/admin/sponsorships/sponsorship/", "/admin/sponsorships/agreement/"
INSTALMENTS, LEDGER = "/admin/sponsorships/instalment/", "/admin/sponsorships/ledgerentry/"


def verb_url(base: str, record, verb: str) -> str:
    return f"{base}{record.pk}/verb/{verb}/"


def act_data(**said) -> dict:
    """What an act's form posts: its token, today, a note."""
    return {"act": str(uuid.uuid4()), "on": timezone.localdate().isoformat(), "note": "A reason.", **said}


def day(days: int = 0) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=days)


def due(sponsorship, by):
    """Return the sponsorship's first instalment, due."""
    return perform(sponsorship.instalments.first(), "fall_due", by=by)


def invoiced(sponsorship, by, **details):
    """Return it invoiced."""
    return perform(due(sponsorship, by), "invoice", by=by, details={"number": "F-1", **details})


def received(sponsorship, by, more=0):
    """Return it paid, and `more` beyond."""
    instalment = invoiced(sponsorship, by)
    return perform(instalment, "receive", by=by, details={"amount": instalment.amount + more, "reference": "B-1"})


def written_off(sponsorship, by):
    return perform(invoiced(sponsorship, by), "write_off", by=by, note="Gone.")


def draft_data(agreement, rows=(), **said) -> dict:
    """What the form of a draft posts, its schedule included: rows of (amount, day)."""
    form = {
        "cash_amount": "50000",
        "in_kind_amount": "",
        "skills_amount": "",
        "starts_on": "2027-01-01",
        "ends_on": "2028-12-31",
        "effective_on": day().isoformat(),
        "managing_institution": agreement.managing_institution_id or "",
        "other_parties": "",
        "activity": "",
        "reason": "More.",
        "language": "fr",
        "signatory": agreement.signatory_id or "",
        "signed_on": day().isoformat(),
        "signatories": "A. Person, director",
    }
    known = list(agreement.instalments.order_by("number"))
    schedule = {
        "instalments-TOTAL_FORMS": max(len(known), len(rows)) + 1,
        "instalments-INITIAL_FORMS": len(known),
        "instalments-MIN_NUM_FORMS": 0,
        "instalments-MAX_NUM_FORMS": 120,
    }
    for number in range(max(len(known), len(rows)) + 1):
        prefix = f"instalments-{number}"
        amount, on = rows[number] if number < len(rows) else ("", "")
        schedule |= {f"{prefix}-amount": amount, f"{prefix}-due_on": on, f"{prefix}-condition": "date"}
        schedule |= {f"{prefix}-agreement": agreement.pk, f"{prefix}-milestone": ""}
        if number < len(known):
            schedule[f"{prefix}-id"] = known[number].pk
            if number >= len(rows):
                schedule |= {f"{prefix}-DELETE": "on", f"{prefix}-amount": "1", f"{prefix}-due_on": day().isoformat()}
    return form | schedule | said


def accepted(**overrides):
    return factories.make_sponsorship("accepted", **overrides)
