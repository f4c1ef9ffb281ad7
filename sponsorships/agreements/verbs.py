"""The verbs of an agreement, from its draft until it is in force. docs/permissions.md has the table of who may run them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chairs.models import Activity
from core.exceptions import Refused
from core.on_behalf import colleague_of
from core.verbs import NOW, lock_row, verb
from sponsorships import perms
from sponsorships.accounting.promises import restate
from sponsorships.agreements import document, signature_page
from sponsorships.agreements.conditions import (
    countersigning_obstacles,
    issuing_obstacles,
    recording_obstacles,
    signing_obstacles,
)
from sponsorships.agreements.files import Altered, fingerprint, read, read_document
from sponsorships.agreements.notifications import TOLD_OF, tell_of
from sponsorships.agreements.typesetting import Unprintable, typeset, unprintable
from sponsorships.enums import AgreementStatus as S
from sponsorships.enums import SigningSide
from sponsorships.models import Agreement, Signature, Sponsorship
from sponsorships.proposals.authorship import take_over


def _lock_with_sponsorship(agreement: Agreement) -> Agreement:
    """Lock the sponsorship, then the agreement, then the activity: always in this order, to avoid deadlocks."""
    Sponsorship.objects.select_for_update().get(pk=agreement.sponsorship_id)
    current = lock_row(agreement)
    if current.activity_id:
        Activity.objects.select_for_update().get(pk=current.activity_id)
    return current


@contextmanager
def _refusing_bad_papers() -> Iterator[None]:
    """Turn errors about documents into Refused, with a sentence."""
    try:
        yield
    except Altered as error:
        raise Refused(
            [_t("The document is not the one that was kept: nobody can sign it. Tell whoever runs this site.")]
        ) from error
    except Unprintable as refusal:
        raise Refused([document.cannot_print(refusal.signs)]) from refusal


@verb(
    Agreement,
    from_=S.DRAFT,
    to=S.AWAITING_SIGNATURE,
    label=_("Issue for signature"),
    done=_("issued for signature"),
    stamps="issued_at",
    may=perms.can_manage_agreement,
    who=perms.MANAGING_AGREEMENTS,
    unless=[issuing_obstacles],
    locks=_lock_with_sponsorship,
    tells=TOLD_OF["issue"],
)
def issue(agreement: Agreement, *, by: User | None, note: str = "", at: datetime = NOW) -> None:
    """Freeze the text, make the document, and tell the partner's signatories."""
    with _refusing_bad_papers():
        agreement.frozen = document.contents(agreement)
        content = typeset(agreement.frozen, at)
    agreement.file, agreement.sha256 = ContentFile(content, "agreement.pdf"), fingerprint(content)
    tell_of(issue, agreement, by=by, note=note)


@verb(
    Agreement,
    from_=S.AWAITING_SIGNATURE,
    to=S.AWAITING_SIGNATURE,
    label=_("Sign"),
    done=_("signed for the partner"),
    stamps="partner_signed_at",
    may=perms.can_sign,
    who=perms.SIGNING,
    unless=[signing_obstacles],
    locks=_lock_with_sponsorship,
    tells=TOLD_OF["sign"],
)
def sign(
    agreement: Agreement,
    *,
    by: User | None,
    name: str,
    code_confirmed_at: datetime | None,
    address: str | None = None,
    note: str = "",
    at: datetime = NOW,
) -> None:
    """Sign for the partner; the managing institution signs next."""
    with _refusing_bad_papers():
        read_document(agreement)
        if signs := unprintable(name):
            raise Unprintable(signs)
    _keep_signature(agreement, SigningSide.PARTNER, by, name, code_confirmed_at, address, at)
    take_over(agreement.sponsorship, by)
    tell_of(sign, agreement, by=by, note=note)


@verb(
    Agreement,
    from_=S.AWAITING_SIGNATURE,
    to=S.SIGNED,
    label=_("Countersign"),
    done=_("countersigned"),
    stamps="signed_at",
    may=perms.can_countersign,
    who=perms.COUNTERSIGNING,
    unless=[countersigning_obstacles],
    locks=_lock_with_sponsorship,
    tells=TOLD_OF["countersign"],
)
def countersign(
    agreement: Agreement,
    *,
    by: User | None,
    name: str,
    code_confirmed_at: datetime | None,
    address: str | None = None,
    note: str = "",
    at: datetime = NOW,
) -> None:
    """Sign for the managing institution: from now on the agreement is in force."""
    _keep_signature(agreement, SigningSide.INSTITUTION, by, name, code_confirmed_at, address, at)
    with _refusing_bad_papers():
        read_document(agreement)
        page = typeset(signature_page.contents(agreement), at)
    agreement.signature_page = ContentFile(page, "signature-page.pdf")
    _come_into_force(agreement, at)
    tell_of(countersign, agreement, by=by, note=note)


@verb(
    Agreement,
    from_=S.DRAFT,
    to=S.RECORDED,
    label=_("Record as signed elsewhere"),
    done=_("recorded as signed elsewhere"),
    stamps="recorded_at",
    may=perms.can_record,
    who=perms.RECORDING,
    unless=[recording_obstacles],
    locks=_lock_with_sponsorship,
    tells=TOLD_OF["record"],
)
def record(agreement: Agreement, *, by: User | None, note: str = "", at: datetime = NOW) -> None:
    """Record that it was signed elsewhere: from now on the agreement is in force."""
    _come_into_force(agreement, at)
    with _refusing_bad_papers():
        agreement.frozen, agreement.sha256 = document.terms(agreement), fingerprint(read(agreement.file))
    tell_of(record, agreement, by=by, note=note)


@verb(
    Agreement,
    from_=[S.DRAFT, S.AWAITING_SIGNATURE],
    to=S.VOID,
    label=_("Make void"),
    done=_("made void"),
    stamps="voided_at",
    may=perms.can_manage_agreement,
    who=perms.MANAGING_AGREEMENTS,
    needs_note=True,
    locks=_lock_with_sponsorship,
    tells=TOLD_OF["void"],
)
def void(agreement: Agreement, *, by: User | None, note: str = "", at: datetime = NOW) -> None:
    """Make the agreement void before it is in force; another one can then be drafted."""
    tell_of(void, agreement, by=by, note=note)


def _keep_signature(
    agreement: Agreement,
    side: SigningSide,
    by: User | None,
    name: str,
    code_confirmed_at: datetime | None,
    address: str | None,
    at: datetime,
) -> None:
    """Store the signature: the typed name, the document's SHA-256, the address and when the code was entered."""
    name = " ".join(name.split())
    if not name:
        raise Refused([_t("Type your name: that is the signature.")])
    if code_confirmed_at is None:
        raise Refused([_t("Enter the six digits of the e-mail.")])
    Signature.objects.create(
        agreement=agreement,
        side=side,
        name=name,
        on_behalf_of=colleague_of(by),
        user=by,  # type: ignore[misc]  # None is the nightly run, which cannot enter a code
        at=at,
        address=address,
        code_confirmed_at=code_confirmed_at,
        sha256=agreement.sha256,
    )


def _come_into_force(agreement: Agreement, at: datetime) -> None:
    """Bring the agreement into force: replace planned instalments by its own, and count its amounts as agreed."""
    sponsorship = agreement.sponsorship
    planned_before = sponsorship.instalments.standing().uninvoiced().exclude(agreement=agreement)
    planned_before.update(superseded_by=agreement, superseded_on=agreement.effective_on)
    restate(sponsorship, on=agreement.effective_on, at=at, agreement=agreement)
