"""How both sides sign: the signatory types their name and a mailed code. docs/signature.md says why."""

import datetime
import secrets

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.exceptions import Refused
from core.mail.queue import queue_mail
from core.verbs import verb_of, why_not
from sponsorships.models import Agreement, SigningCode
from sponsorships.models.signing import CODE_LIFETIME, digest_of

CODE_DIGITS = 6
# Per person: enough for lost mails, too few to guess a code or flood a mailbox.
MAX_CODES = 5
CODES_PER = datetime.timedelta(hours=1)


class WrongCode(Exception):
    """The code is wrong or no longer valid. The message is shown to the user."""


def live_code(agreement: Agreement, user: User) -> SigningCode | None:
    """Return the last code sent, if it can still be entered; None if it is used, too old or tried too often."""
    last = agreement.signing_codes.filter(user=user).first()
    return last if last is not None and SigningCode.objects.live().filter(pk=last.pk).exists() else None


# The page of each side's verb, where the code is entered.
PAGES = {"sign": "sponsorships:agreement_sign", "countersign": "admin:sponsorships_agreement_verb"}


@transaction.atomic
def send_code(agreement: Agreement, *, to: User, verb: str = "sign") -> None:
    """Mail the user a code to sign this agreement for their side. Raise Refused with the reasons."""
    current = agreement.locked()
    if reasons := why_not(current, verb, to):
        raise Refused(reasons)
    if SigningCode.objects.filter(user=to, sent_at__gt=timezone.now() - CODES_PER).count() >= MAX_CODES:
        raise Refused([_("Several codes were sent to you within the hour. Enter the last one, or wait a while.")])
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
    SigningCode.objects.create(agreement=current, user=to, digest=digest_of(code, current.pk, to.pk))
    context = {"agreement": current, "code": code, "minutes": int(CODE_LIFETIME.total_seconds() // 60)}
    link = (PAGES[verb], *((current.reference,) if verb == "sign" else (current.pk, verb)))
    worn_out = timezone.now() + CODE_LIFETIME
    queue_mail(to, "agreements/code", context, link=link, secret_until=worn_out)


def sign_with_code(
    agreement: Agreement,
    *,
    by: User,
    name: str,
    code: str,
    address: str | None,
    verb: str = "sign",
    note: str = "",
) -> Agreement:
    """Sign for one side and return the agreement.

    Raise WrongCode, or Refused with the reasons; a refusal leaves the code unused.
    """
    entered = _enter(agreement, by, code)
    with transaction.atomic():
        now = timezone.now()
        # Two tabs may post the same code: only one signs.
        if not SigningCode.objects.filter(pk=entered.pk, used_at=None).update(used_at=now):
            raise WrongCode(_("This code has already been used. Ask for another one."))
        signature = {"name": name, "address": address, "code_confirmed_at": now}
        return verb_of(agreement, verb)(agreement, by=by, note=note, **signature)


def _enter(agreement: Agreement, by: User, code: str) -> SigningCode:
    """Return the code if it is right. Raise WrongCode if not; the attempt counts either way."""
    last = live_code(agreement, by)
    if last is None or not SigningCode.objects.live().filter(pk=last.pk).update(attempts=F("attempts") + 1):
        raise WrongCode(
            _("There is no code to enter any more: it has expired, or was tried too often. Ask for another one.")
        )
    if not last.says(code):
        raise WrongCode(_("This is not the code of the last e-mail. Look again, or ask for another one."))
    return last
