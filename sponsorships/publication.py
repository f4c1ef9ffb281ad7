"""A partner chooses what the public sees of its sponsorship, at any time. docs/publication.md."""

import datetime

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from core.enums import DocumentType
from core.exceptions import Refused
from core.kept_files import checked_upload
from core.pictures import check_pixels, written_anew
from core.verbs import NOTE_MAX_LENGTH
from partners.models import Partner
from sponsorships.models import Sponsorship
from sponsorships.perms import PUBLISHING, can_publish
from sponsorships.proposals.authorship import take_over
from sponsorships.published import public_amounts, shown_sponsorships

FIELDS = ("confidentiality", "named_from", "amount_from", "shows_logo")
LOGO_TYPES = (DocumentType.PNG, DocumentType.JPEG)
# Small, since phones load the logo too.
MAX_LOGO_SIZE = 200 * 1024
# Millions of pixels: 50 kB may claim a thousand, which take gigabytes in the browser of everybody who sees the page.
MAX_LOGO_MILLIONS = 4


class Stale(Refused):
    """Somebody changed the sponsorship since the form was opened."""


@transaction.atomic
def publish(
    sponsorship: Sponsorship, *, by: User, chosen: dict, logo: UploadedFile | None = None, seen: str | None = None
) -> bool:
    """Save a partner's choice and log the change. Return whether anything changed.

    `seen` is the revision that the form showed: raise Stale if the sponsorship has changed since. Raise Refused if `by`
    may not publish.
    """
    current = sponsorship.locked()
    if not can_publish(current, by):
        raise Refused([str(PUBLISHING)])
    before = said(current)
    for name in FIELDS:
        setattr(current, name, chosen[name])
    is_same = before == said(current) and not logo  # a second click saves the same choice, and is not stale
    if seen is not None and seen != str(current.revision) and not is_same:
        raise Stale([_("Somebody changed this since you opened the page.")])
    if logo:
        _keep_logo(current.partner, logo)
    after = said(current)
    if before == after:
        return bool(logo)
    # The new revision makes older forms stale: they cannot restore the old choice.
    current.revision += 1
    current.save(update_fields=[*FIELDS, "revision", "updated_at"])
    note = f"{before} → {after}"[:NOTE_MAX_LENGTH]
    take_over(current, by, is_logged=False)
    current.log("publish", by=by, note=note)
    return True


def said(sponsorship: Sponsorship) -> str:
    """Return a partner's choice as one line of text, for the log."""
    parts = [str(sponsorship.get_confidentiality_display() or "—")]
    if sponsorship.named_from:
        parts.append(_("name from %(day)s") % {"day": date_format(sponsorship.named_from)})
    if sponsorship.amount_from:
        parts.append(_("amount from %(day)s") % {"day": date_format(sponsorship.amount_from)})
    if sponsorship.shows_logo:
        parts.append(_("with the logo"))
    return ", ".join(parts)


def checked_logo(upload: UploadedFile) -> DocumentType:
    """Return the logo's file type; raise ValidationError if it is not a PNG or JPEG, is too large, or cannot be read."""
    _name, kind = checked_upload(upload)
    if kind not in LOGO_TYPES:
        raise ValidationError(_("A logo is a PNG or JPEG file."), code="wrong_type")
    if upload.size > MAX_LOGO_SIZE:
        sentence = _("A logo can be at most %(most)s: make it smaller.") % {"most": filesizeformat(MAX_LOGO_SIZE)}
        raise ValidationError(sentence, code="too_large")
    check_pixels(upload, MAX_LOGO_MILLIONS)
    written_anew(upload, kind.name)
    return kind


def _keep_logo(partner: Partner, upload: UploadedFile) -> None:
    kind, old = checked_logo(upload), partner.logo.name
    # Published: a camera's place, an author, a comment stay behind.
    partner.logo, partner.logo_kind = ContentFile(written_anew(upload, kind.name), upload.name), kind
    partner.save(update_fields=["logo", "logo_kind"])
    if old:
        transaction.on_commit(lambda: default_storage.delete(old), robust=True)


def public_views(sponsorship: Sponsorship) -> list[dict]:
    """Return what the public sees today and on each future day that the partner chose, computed as on the public pages."""
    today = timezone.localdate()
    coming = {day for day in (sponsorship.named_from, sponsorship.amount_from) if day is not None and day > today}
    return [_public_view(sponsorship, day) for day in [today, *sorted(coming)]]


def _public_view(sponsorship: Sponsorship, day: datetime.date) -> dict:
    named = shown_sponsorships(day).filter(pk=sponsorship.pk).first()
    has_logo = Partner.objects.with_public_logo(day).filter(pk=sponsorship.partner_id).exists()
    amounts = public_amounts(named, day) if named else {}
    return {"day": day, "is_named": named is not None, "amounts": amounts, "has_logo": has_logo}
