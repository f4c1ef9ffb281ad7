"""One sample of every mail about a record: what each template is given, where it leads."""

import datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

from django.conf import settings
from django.utils import timezone

from tests import factories

FOLDER = Path(settings.BASE_DIR) / "templates" / "mails"
OCCASIONS = sorted(
    path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.glob("*/*.txt") if path.is_file()
)
LONG = "A note of several words, long enough to be wrapped when the mail is read as plain text by anybody at all."


def make_context() -> dict:
    """Make a context with everything that a mail may say."""
    sponsorship = factories.make_sponsorship("in_review")
    chair, contact = sponsorship.chair, sponsorship.signatory
    instalment = make_instalment()
    return {
        "instalment": instalment,
        "report": factories.make_report(sponsorship),
        "agreement": instalment.agreement,
        "title": "Amendment 1",
        "code": "123456",
        "provider": "Université d’exemple",
        "head": SimpleNamespace(signed_at=timezone.now(), note="example.org/log\n1\nAA==\n"),
        "minutes": 15,
        "institution": instalment.agreement.managing_institution,
        "is_gift": False,
        "amount": Decimal("1234.50"),
        "left": Decimal("0.50"),
        "sponsorship": sponsorship,
        "chair": chair,
        "cluster": chair.cluster,
        "role": "Editor",
        "is_over": False,
        "unsubscribe": "https://example.org/letters/stop/x/",
        "partner": sponsorship.partner,
        "contact": contact,
        "person": factories.make_person(),
        "post": chair.appointments.first(),
        "by": factories.make_user(name="Ada <b>Bold</b>"),
        "note": LONG,
        "remarks": [SimpleNamespace(label="cash (€)", text="Less?")],
        "is_withdrawal": True,
        "since": datetime.date(2026, 1, 1),
        "last_day": datetime.date(2026, 2, 1),
        "sentences": ["Add 1 person."],
        "side": "office",
        "text": LONG,
        "files": ["Plan.pdf"],
        "done": "closed",
        "number": 2,
        "address": "new@example.org",
        "old": "old@example.org",
        "new": "new@example.org",
        "at": timezone.localtime(),
        "until": timezone.localtime(),
        "network_address": "192.0.2.1",
        "words": LONG,
        "mails": [{"subject": "A subject", "body": LONG}, {"subject": "Another", "body": LONG}],
        "has_links": True,
        "day": datetime.date(2026, 3, 31),
        "days": 7,
        "year": 2025,
        "items": [
            SimpleNamespace(
                title="A chair",
                facts=["DATAIA", "Ada"],
                address="https://example.org/en/chairs/",
                is_demonstration=True,
            )
        ],
        "count": 3,
        "more": 2,
        "page": "https://example.org/en/chairs/?q=a",
        "ends_on": datetime.date(2027, 3, 31),
    }


def sample(context: dict, occasion: str) -> tuple[dict, tuple]:
    """Return what a mail on this occasion is told, and its link."""
    told = {**context, "contact": "security@example.org"} if occasion.startswith("account/") else context
    file = ("sponsorships:detail", context["sponsorship"].reference)
    return told, file if occasion.startswith("sponsorships") else ("portal:home",)


def make_instalment():
    """An instalment as an invoice leaves it, with all that it may say."""
    instalment = factories.make_running().instalments.get()
    instalment.invoice_number, instalment.purchase_order = "F-2026-17", "PO 55"
    instalment.payable_on = datetime.date(2026, 3, 31)
    return instalment
