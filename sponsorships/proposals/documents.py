"""Add supporting documents to a proposal, and remove them. docs/documents.md says what is accepted and why."""

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.kept_files import keep_all
from core.primary_keys import is_key
from sponsorships.models import Sponsorship
from sponsorships.proposals.authorship import take_over

MAX_DOCUMENTS = 5


@transaction.atomic
def attach(sponsorship: Sponsorship, uploads: list[UploadedFile], by: User) -> list[str]:
    """Keep the valid uploads. Return a sentence for each refused one."""
    current = sponsorship.locked()
    if not current.is_editable:
        return [_("The proposal has been sent in the meantime: no document can be added any more.")] if uploads else []
    full = _("“%(name)s” was not added: a proposal can have at most %(most)d documents. Remove one first.")
    documents = current.documents.current()
    added, refusals = keep_all(documents, uploads, most=MAX_DOCUMENTS, full=full, sponsorship=current, added_by=by)
    if added:
        take_over(current, by)
        _count_change(sponsorship)
    return refusals


@transaction.atomic
def take_out(sponsorship: Sponsorship, pk: str, by: User) -> str:
    """Remove a document from a proposal. Return its name, or an empty text if there is none (a second click)."""
    current = sponsorship.locked()
    document = current.documents.current().filter(pk=pk).first() if is_key(pk) else None
    if document is None or not current.is_editable:
        return ""
    if document.sent_at is None:
        document.erase()
    else:
        document.removed_at = timezone.now()
        document.save(update_fields=["removed_at"])
    take_over(current, by)
    _count_change(sponsorship)
    return document.name


def _count_change(sponsorship: Sponsorship) -> None:
    """Raise the proposal's revision: who read it before the documents changed must read it again to send it."""
    Sponsorship.objects.filter(pk=sponsorship.pk).update(revision=F("revision") + 1, updated_at=timezone.now())
    sponsorship.revision = Sponsorship.objects.values_list("revision", flat=True).get(pk=sponsorship.pk)
