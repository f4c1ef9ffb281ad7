"""The list of a person's next steps for their organisations, most urgent first."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Count, DateTimeField, Max
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from chairs.models import Chair
from clusters.scopes import ANYBODY, has_no_role
from conversations.models import Message
from core.languages import columns_of
from core.money import euros
from core.prepared import Argument, Prepared
from core.primary_keys import any_given, as_one
from partners.colleagues import invitations_for, token_of
from partners.models import Contact
from progress.models import ProgressReport
from sponsorships.accounting.sums import ZERO, total
from sponsorships.enums import EntryKind, SponsorshipStatus
from sponsorships.models import Agreement, Instalment, LedgerEntry, Sponsorship
from yearly.chair_years import missing
from yearly.deadlines import due_on, year_to_report
from yearly.enums import ChairReportStatus

# In the order of the list.
LATE, SIGN, ANSWER, PAY, JOIN, ADMIT, MESSAGE, REPORT, DRAFT = range(9)
# An accepted report is listed for a month; it stays on its sponsorship's page.
NEWS = datetime.timedelta(days=30)
NO_DAY = datetime.date.max


@dataclass(frozen=True)
class NextStep:
    """One thing to do: a sentence, and a link."""

    urgency: int
    sentence: str
    label: str
    url: str
    day: datetime.date = NO_DAY

    @property
    def is_late(self) -> bool:
        return self.urgency == LATE


def next_steps(user: User, chairs: Iterable[Chair] = ()) -> list[NextStep]:
    """Return the user's next steps, most urgent first, then by day. Each kind costs one or two queries.

    `chairs` are those that the user leads.
    """
    kinds = (
        _to_pay(user),
        _to_sign(user),
        _to_answer(user),
        _to_join(user),
        _to_admit(user),
        _to_read(user),
        _reports(user),
        _years(chairs),
    )
    return sorted((step for kind in kinds for step in kind), key=lambda step: (step.urgency, step.day))


def _files():
    return Sponsorship.objects.of_partner(ANYBODY).order_by()


@Prepared
def _payable():
    payable = Instalment.objects.invoiced().filter(sponsorship__in=_files()).select_related("sponsorship__chair")
    own = "status", "amount", "payable_on", "invoice_number"
    return payable.only(*own, "sponsorship__reference", *columns_of("sponsorship__chair__title"))


@Prepared
def _received():
    entries = LedgerEntry.objects.filter(instalment__in=any_given("instalments"), kind=EntryKind.RECEIVED)
    return entries.order_by().values_list("instalment").annotate(paid=total())


def _paid(instalments) -> dict:
    if not instalments:
        return {}
    return dict(_received(instalments=as_one(one.pk for one in instalments)))


def _to_pay(user) -> Iterator[NextStep]:
    payable = _payable(user=user.pk)
    paid = _paid(payable)
    for instalment in sorted(payable, key=lambda one: one.pk):
        said = {
            "sum": euros(instalment.amount - paid.get(instalment.pk, ZERO)),
            "day": date_format(instalment.payable_on) if instalment.payable_on else "",
        }
        is_late = instalment.is_overdue(timezone.localdate())
        if is_late:
            sentence = _("Overdue: %(sum)s, payable by %(day)s") % said
        elif instalment.payable_on:
            sentence = _("To be paid: %(sum)s, until %(day)s") % said
        else:
            sentence = _("To be paid: %(sum)s") % said
        file = instalment.sponsorship
        sentence = f"{sentence} ({instalment.invoice_number}), “{file.chair}”"
        day = instalment.payable_on or NO_DAY
        yield NextStep(LATE if is_late else PAY, sentence, _("Payment details"), f"{_file(file)}#instalments", day)


@Prepared
def _unsigned():
    signs_for = Contact.objects.approved().filter(user=ANYBODY.pk, is_signatory=True).order_by().values("partner")
    waiting = Agreement.objects.to_sign().filter(partner_signed_at=None, sponsorship__partner__in=signs_for)
    return waiting.select_related("sponsorship__chair", "sponsorship__partner").order_by("issued_at", "pk")


def _to_sign(user) -> Iterator[NextStep]:
    for paper in _unsigned(user=user.pk):
        said = {"partner": paper.sponsorship.partner, "chair": paper.sponsorship.chair}
        sentence = _("An agreement awaits your signature for %(partner)s: “%(chair)s”.") % said
        yield NextStep(
            SIGN, sentence, _("Read and sign"), reverse("sponsorships:agreement_sign", args=[paper.reference])
        )


@Prepared
def _in_their_hands():
    open_ones = _files().filter(status__in=[SponsorshipStatus.CHANGES_REQUESTED, SponsorshipStatus.DRAFT])
    return open_ones.select_related("chair").order_by("updated_at", "pk")


def _to_answer(user) -> Iterator[NextStep]:
    """Yield the sponsorships with a question from the office, and the drafts not sent."""
    for file in _in_their_hands(user=user.pk):
        said, edit = {"chair": file.chair}, reverse("sponsorships:edit", args=[file.reference])
        if file.status == SponsorshipStatus.DRAFT:
            yield NextStep(DRAFT, _("A draft has not been sent yet: “%(chair)s”.") % said, _("Go on writing"), edit)
        else:
            yield NextStep(
                ANSWER, _("The cluster’s office has a question for you: “%(chair)s”.") % said, _("Answer"), _file(file)
            )


def _to_join(user) -> Iterator[NextStep]:
    for invitation in invitations_for(user):
        said = {"name": invitation.invited_by_names, "partner": invitation.partner}
        sentence = _("%(name)s invites you to act for %(partner)s.") % said
        day = timezone.localdate(invitation.expires_at)
        yield NextStep(JOIN, sentence, _("Answer"), reverse("partners:invitation", args=[token_of(invitation)]), day)


@Prepared
def _requests():
    led = Contact.objects.primary().filter(user=ANYBODY.pk).order_by().values("partner")
    asking = Contact.objects.requested().filter(partner__in=led).select_related("partner", "user")
    return asking.order_by("requested_at", "pk")


def _to_admit(user) -> Iterator[NextStep]:
    for contact in _requests(user=user.pk):
        sentence = _("%(name)s asks to act for %(partner)s.") % {"name": contact.user.name, "partner": contact.partner}
        yield NextStep(ADMIT, sentence, _("Answer"), reverse("partners:detail", args=[contact.partner.slug]))


def _counted(user):
    """Return pairs of sponsorship key and number of messages awaiting the user, latest message first."""
    newest_first = Message.objects.awaiting(user).order_by().values("sponsorship").annotate(last=Max("pk"))
    return newest_first.annotate(number=Count("pk")).order_by("-last").values_list("sponsorship", "number")


_counted_for_anybody = Prepared(lambda: _counted(ANYBODY))


@Prepared
def _named():
    return Sponsorship.objects.filter(pk__in=any_given("files")).select_related("chair", "partner").order_by()


def _to_read(user) -> Iterator[NextStep]:
    """Yield unread messages on sponsorships in which the user takes part, not on those they may only read."""
    counted = dict(_counted_for_anybody(user=user.pk) if has_no_role(user) else _counted(user))
    files = {file.pk: file for file in _named(files=as_one(counted))} if counted else {}
    for pk, number in counted.items():
        file = files[pk]
        sentence = ngettext(
            "%(number)s new message: %(partner)s, “%(chair)s”.",
            "%(number)s new messages: %(partner)s, “%(chair)s”.",
            number,
        ) % {"number": number, "partner": file.partner, "chair": file.chair}
        label = _("Read it") if number == 1 else _("Read them")
        yield NextStep(MESSAGE, sentence, label, reverse("conversations:thread", args=[file.reference]))


@Prepared
def _recent_reports():
    since = Argument("since", DateTimeField())
    recent = ProgressReport.objects.accepted().filter(sponsorship__in=_files(), accepted_at__gt=since)
    return recent.select_related("sponsorship__chair").order_by("-accepted_at")


def _reports(user) -> Iterator[NextStep]:
    for report in _recent_reports(user=user.pk, since=timezone.now() - NEWS):
        sentence = _("A progress report has arrived: “%(chair)s”.") % {"chair": report.sponsorship.chair}
        yield NextStep(REPORT, sentence, _("Read it"), reverse("progress:detail", args=[report.reference]))


@Prepared
def _without_report():
    """Return the chairs that still owe this year's yearly report."""
    owing = missing(year_to_report(timezone.localdate())).filter(pk__in=any_given("keys"))
    return owing.select_related("cluster").order_by("pk")


def _years(chairs) -> Iterator[NextStep]:
    """Yield the yearly reports that these chairs owe."""
    if not (keys := [chair.pk for chair in chairs]):
        return
    today = timezone.localdate()
    year = year_to_report(today)
    day = due_on(year)
    for chair in _without_report(keys=as_one(keys)):
        url = reverse("yearly:report", args=[chair.cluster.slug, chair.slug, year])
        said = {"year": year, "chair": chair, "day": date_format(day)}
        if chair.report_status == ChairReportStatus.SENT_BACK:
            sentence = _("The cluster’s office sends your report of %(year)d back: “%(chair)s”.") % said
            yield NextStep(ANSWER, sentence, _("Answer"), url, day)
        else:
            sentence = _("The report of %(year)d is awaited, due by %(day)s: “%(chair)s”.") % said
            yield NextStep(LATE if day < today else REPORT, sentence, _("Write the report"), url, day)


def _file(sponsorship) -> str:
    return reverse("sponsorships:detail", args=[sponsorship.reference])
