"""Records in any status, ready for one verb: what the verb asks for, and the details that it is told, are there."""

import datetime
from decimal import Decimal

from django.utils import timezone

from sponsorships.enums import AgreementPath, SigningSide
from sponsorships.models import Agreement, Signature, Sponsorship
from tests import factories
from tests.personas import FINANCE, MANAGER, PARTNER, PI
from tests.verbs import perform
from tests.yearly import factories as yearly

AMOUNT, PART, BEYOND = Decimal("50000.00"), Decimal("100.00"), Decimal("5.00")
ASK = ["fall_due", "invoice"]
TO_INSTALMENT = {
    "planned": [],
    "due": ["fall_due"],
    "invoiced": ASK,
    "received": [*ASK, "receive", "overpay"],
    "written_off": [*ASK, "write_off"],
}
LAST_DAY = datetime.date(timezone.localdate().year - 1, 12, 31)
SIGNED_HERE = {"sign", "countersign"}
ISSUED_HERE = {"issue", *SIGNED_HERE}
AGREEMENT_MOMENTS = {
    "awaiting": "issued_at",
    "signed": "signed_at",
    "recorded": "recorded_at",
    "void": "voided_at",
}


def make_sponsorship(cast, status, verb=""):
    """A sponsorship without agreement, but with one in force where it is to start."""
    sponsorship = factories.make_sponsorship(status, cast.contact(PARTNER), chair=cast.chair)
    if (status, verb) == ("accepted", "activate"):
        perform(factories.make_agreement(sponsorship, by=cast[MANAGER]), "record", by=cast[MANAGER])
    return Sponsorship.objects.get(pk=sponsorship.pk)


def make_agreement(cast, status, verb=""):
    sponsorship = factories.make_sponsorship("accepted", cast.contact(PARTNER), chair=cast.chair)
    path = AgreementPath.GENERATED if verb in ISSUED_HERE else AgreementPath.ELSEWHERE
    agreement = factories.make_agreement(sponsorship, by=cast[MANAGER], path=path)
    if status == "awaiting" and verb in SIGNED_HERE:
        # Only what was really issued has bytes to sign.
        agreement = perform(agreement, "issue", by=cast[MANAGER])
    elif moment := AGREEMENT_MOMENTS.get(status):
        Agreement.objects.filter(pk=agreement.pk).update(status=status, **{moment: timezone.now()})
    if verb == "countersign":
        by = {"user": cast[PARTNER], "name": "P. Artner", "sha256": agreement.sha256 or "0" * 64}
        Signature.objects.create(agreement=agreement, side=SigningSide.PARTNER, **by)
    return Agreement.objects.get(pk=agreement.pk)


def make_instalment(cast, status, verb=""):
    sponsorship = factories.make_running(by=cast[MANAGER], contact=cast.contact(PARTNER), chair=cast.chair)
    instalment = sponsorship.instalments.get()
    steps = TO_INSTALMENT[status] + (["receive_part"] if (verb, status) == ("reverse_payment", "invoiced") else [])
    for step in steps:
        instalment = perform(instalment, step, by=cast[FINANCE], note="A reason.", details=details(instalment, step))
    return instalment


def make_report(cast, status, verb=""):
    sponsorship = factories.make_sponsorship("active", cast.contact(PARTNER), chair=cast.chair)
    return factories.make_report(sponsorship, status, by=cast[PI])


def make_chair_year(cast, status, verb=""):
    return yearly.make_chair_year(cast.chair, status, by=cast[PI])


def make_year_report(cast, status, verb=""):
    frozen = {"payload": "{}", "sha256": "0" * 64, "on": LAST_DAY, "known_at": timezone.now()}
    values = {"accepted_at": timezone.now(), **frozen} if status == "accepted" else {}
    report = cast.cluster.year_reports.filter(status=status).first()
    return report or yearly.make_year_report(cast.cluster, status=status, **values)


def details(record, verb):
    """Return what a verb is told beyond its note."""
    if verb in {"sign", "countersign"}:
        return {"name": "A. Person", "address": "192.0.2.1", "code_confirmed_at": timezone.now()}
    if verb == "invoice":
        return {"number": "F-1", "payable_on": timezone.localdate() + datetime.timedelta(days=30)}
    amounts = {"receive_part": PART, "receive": AMOUNT, "overpay": BEYOND, "refund": BEYOND}
    if verb in amounts:
        return {"amount": amounts[verb], "reference": f"B {record.entries.count()}"}
    if verb == "reverse_payment":
        paid = record.entries.filter(kind="received").first()
        return {"entry": paid.pk if paid else None}
    return {}
