"""The agreements that wait for staff, on the panel's front page."""

from operator import attrgetter

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from clusters.scopes import MANAGERS, clusters_with
from core.admin.dashboard import Wait
from core.money import euros
from sponsorships.enums import AgreementStatus, SponsorshipStatus
from sponsorships.models import Agreement

TO_COUNTERSIGN = Q(status=AgreementStatus.AWAITING_SIGNATURE, partner_signed_at__isnull=False)
UNFINISHED = Q(status=AgreementStatus.DRAFT)


def waiting_agreements(agreements, user):
    """Narrow to agreements that this manager can finish or countersign, of accepted or active sponsorships."""
    mine = _mine(agreements.agreeable(), user, "sponsorship__chair__cluster__in")
    return mine.filter(TO_COUNTERSIGN | UNFINISHED)


def what_agreements_wait(page, user) -> list[Wait]:
    def mine():
        seen = page.get_visible(user).select_related("sponsorship__partner", "sponsorship__chair")
        return waiting_agreements(seen, user)

    def signed():
        return mine().filter(TO_COUNTERSIGN).order_by("partner_signed_at", "pk")

    def drafts():
        return mine().filter(UNFINISHED).order_by("created_at", "pk")

    return [
        Wait(
            page,
            signed,
            _to_countersign,
            "?waiting=me",
            _signed,
            why=gettext_lazy("Countersign it"),
            since=attrgetter("partner_signed_at"),
        ),
        Wait(
            page,
            drafts,
            _to_finish,
            "?waiting=me",
            _begun,
            why=gettext_lazy("Finish it and issue it"),
            since=attrgetter("created_at"),
        ),
    ]


def without_agreement(sponsorships, user):
    """Narrow to accepted sponsorships without an agreement (void ones do not count)."""
    accepted = _mine(sponsorships, user, "chair__cluster__in").filter(status=SponsorshipStatus.ACCEPTED)
    return accepted.exclude(agreements__status__in=set(AgreementStatus.values) - {AgreementStatus.VOID})


def to_start(sponsorships, user):
    """Narrow to accepted sponsorships whose agreement is in force."""
    accepted = _mine(sponsorships, user, "chair__cluster__in").filter(status=SponsorshipStatus.ACCEPTED)
    return accepted.filter(Exists(Agreement.objects.in_force().filter(sponsorship=OuterRef("pk"))))


def what_accepted_wait(page, user) -> list[Wait]:
    def seen():
        return page.get_visible(user).select_related("partner", "chair__cluster").order_by("accepted_at", "pk")

    return [
        Wait(
            page,
            lambda: without_agreement(seen(), user),
            _bare,
            "?next=agreement",
            _accepted,
            why=gettext_lazy("Draft the agreement"),
            since=attrgetter("accepted_at"),
        ),
        Wait(
            page,
            lambda: to_start(seen(), user),
            _ready,
            "?next=start",
            _accepted,
            why=gettext_lazy("Start it"),
            since=attrgetter("accepted_at"),
        ),
    ]


def _mine(records, user, path):
    return records.filter(**{path: clusters_with(user, MANAGERS)})


def _to_countersign(number) -> str:
    return ngettext("%d agreement needs to be countersigned", "%d agreements need to be countersigned", number) % number


def _to_finish(number) -> str:
    return ngettext("%d agreement is still a draft", "%d agreements are still drafts", number) % number


def _bare(number) -> str:
    return (
        ngettext("%d accepted sponsorship has no agreement", "%d accepted sponsorships have no agreement", number)
        % number
    )


def _ready(number) -> str:
    return ngettext("%d sponsorship can be started", "%d sponsorships can be started", number) % number


def _signed(agreement) -> str:
    return _("%(sponsorship)s, signed by the partner on %(day)s") % {
        "sponsorship": agreement.sponsorship,
        "day": date_format(timezone.localtime(agreement.partner_signed_at)),
    }


def _begun(agreement) -> str:
    return _("%(sponsorship)s, draft begun on %(day)s") % {
        "sponsorship": agreement.sponsorship,
        "day": date_format(timezone.localtime(agreement.created_at)),
    }


def _accepted(sponsorship) -> str:
    return _("%(cluster)s, %(amount)s in cash, accepted on %(day)s") % {
        "cluster": sponsorship.chair.cluster,
        "amount": euros(sponsorship.cash_amount or 0),
        "day": date_format(timezone.localtime(sponsorship.accepted_at)),
    }
