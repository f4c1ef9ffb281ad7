"""The text of the signature page (in the structure of `document`): who signed which bytes, when, from where."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sponsorships.agreements.document import EDITION, demonstration_mark
from sponsorships.models import Agreement, Signature


def contents(agreement: Agreement) -> dict:
    """Return the page's text in the agreement's language. Both sides must have signed."""
    with translation.override(agreement.language):
        return {
            "edition": EDITION,
            "language": agreement.language,
            "title": _("Signature page"),
            "subtitle": agreement.frozen["title"],
            "mark": demonstration_mark(agreement),
            "reference": agreement.short_reference,
            "sections": [_document(agreement), *map(_signature, agreement.signatures.all()), _what_it_is()],
        }


def _document(agreement: Agreement) -> dict:
    return {
        "title": _("The document that was signed"),
        "facts": [
            [_("Title"), agreement.frozen["title"]],
            [_("Partner"), str(agreement.sponsorship.partner)],
            [_("Managing institution"), str(agreement.managing_institution)],
            [_("Reference"), agreement.short_reference],
            [_("Issued on"), moment(agreement.issued_at)],
        ],
        "paragraphs": [_("Fingerprint of the file (SHA-256):")],
        "code": agreement.sha256,
    }


def _signature(signature: Signature) -> dict:
    facts = [
        [_("Name as typed"), signature.name],
        [_("Signed in as"), str(signature.user)],
        [_("Signed on"), moment(signature.at)],
        [_("Network address"), signature.address or _("not known")],
    ]
    if signature.on_behalf_of_id is not None:
        facts.insert(2, [_("On behalf of"), str(signature.on_behalf_of)])
    if signature.code_confirmed_at is not None:
        facts.append([_("E-mailed code confirmed on"), moment(signature.code_confirmed_at)])
    is_same = _("The file signed has the fingerprint above.")
    return {"title": str(signature.get_side_display()), "facts": facts, "paragraphs": [is_same]}


def _what_it_is() -> dict:
    address = settings.SITE_URL + reverse("sponsorships:agreement_check")
    return {
        "title": _("What these signatures are"),
        "paragraphs": [
            _(
                "Each is a simple electronic signature within the meaning of article 3(10) of Regulation (EU) No 910/2014 "
                "(eIDAS): it is neither an advanced nor a qualified one."
            ),
            _(
                "Each signatory was signed in to their own account and typed their name. Where a time is shown for "
                "it, they also entered a code that was sent to their e-mail address for this signature alone."
            ),
            _("Whoever has the file can verify its fingerprint at %(address)s.") % {"address": address},
        ],
    }


def moment(at) -> str:
    """Return a moment to the second, in Paris time, with its UTC offset."""
    local = timezone.localtime(at)
    offset = f"{local:%z}"
    return f"{date_format(local, 'DATE_FORMAT')}, {local:%H:%M:%S} (UTC{offset[:3]}:{offset[3:]})"
