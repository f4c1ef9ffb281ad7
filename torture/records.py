"""Look into the scratch database: before the run for accounts and addresses, after it for what was stored.

Prints JSON. Run by torture/__main__.py in the environment of the site: `python -m torture.records known`, `later` or
`found`.
"""

import json
import re
import sys

import django

from bench.pages import MANAGER, PARTNER
from torture.book import DRAFT, IMPORT, PAYMENT, REVIEW, SENDING

TOKEN = re.compile(r"Token (\S+)")
CLUSTER = "dataia"


def known() -> dict:
    from django.utils import timezone

    from bench.records import new_session
    from chairs.models import Chair
    from clusters.models import Cluster
    from partners.models import Contact

    chair = next(one for one in Chair.objects.published().filter(cluster__slug=CLUSTER) if one.is_fundable)
    contact = Contact.objects.approved().filter(user__email=PARTNER, is_signatory=True).first()
    instalment = _invoiced()
    signed_in = {account: new_session(account) for account in (MANAGER, PARTNER)}
    page = f"/admin/sponsorships/instalment/{instalment.pk}/"
    return {
        "today": timezone.localdate().isoformat(),
        "pages": ["/en/", "/en/chairs/", f"/en/clusters/{CLUSTER}/", f"/en/chairs/{CLUSTER}/{chair.slug}/"],
        "fund": f"/en/chairs/{CLUSTER}/{chair.slug}/fund/",
        "signatory": contact.pk,
        "pay": f"{page}verb/receive_part/",
        "paid": f"{page}change/",
        "sponsorships": "/admin/sponsorships/sponsorship/",
        "import": "/admin/imports/import/add/",
        "cluster": Cluster.objects.get(slug=CLUSTER).pk,
        "manager": signed_in[MANAGER],
        "partner": signed_in[PARTNER],
    }


def _invoiced():
    """Return the largest planned instalment of a gift, made due and invoiced: payments of one euro can be repeated on it."""
    from django.utils import timezone

    from accounts.models import User
    from sponsorships.accounting.verbs import fall_due, invoice
    from sponsorships.enums import InstalmentStatus, Regime
    from sponsorships.models import Instalment

    waiting = Instalment.objects.filter(
        sponsorship__chair__cluster__slug=CLUSTER,
        sponsorship__regime=Regime.PATRONAGE,
        status=InstalmentStatus.PLANNED,
    )
    manager = User.objects.get(email=MANAGER)
    largest = waiting.order_by("-amount").first()
    waiting.filter(pk=largest.pk).update(due_on=timezone.localdate())
    due = fall_due(Instalment.objects.get(pk=largest.pk), by=manager)
    return invoice(due, by=manager, number="TORTURE-1")


def later() -> int:
    """End the leases that killed workers have left, as if their minutes had passed. Return how many mails they held."""
    from core.models.mail import OutgoingMail

    return OutgoingMail.objects.filter(sent_at=None, leased_until__isnull=False).update(leased_until=None)


def found() -> dict:
    """Return the tokens stored by the site, repeated as often as they are stored, and the states of the mails."""
    from clusters.models import Person
    from core.models.mail import MailState, OutgoingMail
    from sponsorships.models import LedgerEntry, Sponsorship, SponsorshipSubmission

    drafts = Sponsorship.objects.filter(purpose__startswith="Token ")
    mails = OutgoingMail.objects.all()
    left = mails.with_state().filter(state=MailState.SENT)
    return {
        PAYMENT: [
            str(act) for act in LedgerEntry.objects.filter(reference__startswith="T ").values_list("act", flat=True)
        ],
        DRAFT: [TOKEN.match(purpose)[1] for purpose in drafts.values_list("purpose", flat=True)],
        SENDING: [
            str(one)
            for one in SponsorshipSubmission.objects.filter(sponsorship__in=drafts).values_list(
                "sponsorship__reference", flat=True
            )
        ],
        REVIEW: [
            str(one)
            for one in Sponsorship.transitions.rel.related_model.objects.filter(
                record__in=drafts, verb="review"
            ).values_list("record__reference", flat=True)
        ],
        IMPORT: [
            name.split()[1]
            for name in Person.objects.filter(name__startswith="Torture ").values_list("name", flat=True)
        ],
        "mails": mails.count(),
        "mails waiting": mails.deliverable().count(),
        "mails left": [str(one) for one in left.values_list("message_id", flat=True)],
    }


if __name__ == "__main__":
    django.setup()
    json.dump({"known": known, "later": later, "found": found}[sys.argv[1]](), sys.stdout)
