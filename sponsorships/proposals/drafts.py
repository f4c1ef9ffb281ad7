"""Save drafts of proposals: one record per form, and no save overwrites another person's changes."""

import uuid
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import TextChoices

from accounts.models import User
from core.prepared import Argument, Prepared
from partners.models import Contact, Partner
from sponsorships.forms.proposal import SponsorshipForm
from sponsorships.models import Sponsorship
from sponsorships.perms import can_propose
from sponsorships.proposals.authorship import take_over

# The names of the fields that the form shows; None for all of them.
Only = frozenset[str] | None


class Outcome(TextChoices):
    """The outcome of posting a proposal form."""

    SAVED = "saved"
    PARTLY_SAVED = "partly_saved"  # some fields are invalid and shown again; the others are saved
    REFUSED = "refused"  # nothing could be saved
    STALE = "stale"  # somebody saved the draft since this form was shown
    LOCKED = "locked"  # the proposal was sent meanwhile


@dataclass
class Saving:
    form: SponsorshipForm
    outcome: Outcome


def new_draft(chair, user: User, reference: uuid.UUID | None = None) -> Sponsorship:
    """Return an unsaved proposal; its partner is set if the user acts for exactly one."""
    # No choice of what the public sees is preselected: the partner must make it.
    draft = Sponsorship(
        chair=chair, created_by=user, reference=reference or uuid.uuid4(), revision=0, confidentiality=""
    )
    partners = _first_partners(user=user.pk)
    if len(partners) == 1:
        draft.partner = partners[0]
    return draft


@Prepared
def _first_partners():
    """Return the user's partners, at most two: the caller only asks whether there is exactly one."""
    mine = Contact.objects.approved().filter(user=Argument("user")).order_by().values("partner")
    return Partner.objects.filter(pk__in=mine)[:2]


def create(data, chair, user: User, reference: uuid.UUID | None, only: Only = None) -> Saving:
    """Save a new draft. If a record with this reference exists already, update it instead (a second click)."""
    try:
        with transaction.atomic():
            return _save(data, new_draft(chair, user, reference), user, only)
    except IntegrityError:
        return update(data, Sponsorship.objects.visible_to(user).get(reference=reference, chair=chair), user, only)


@transaction.atomic
def update(data, draft: Sponsorship, user: User, only: Only = None) -> Saving:
    """Save over an existing draft, if the form shows its latest revision; `only` names the form's fields."""
    current = draft.locked()
    if not can_propose(current, user):  # the partner took it over while the form was open
        raise PermissionDenied
    form = SponsorshipForm(data, instance=current, user=user, only=only)
    # Before validation, which writes the form's values on the instance.
    is_same = not set(form.changed_data) - {"reference", "revision"}
    if not current.is_editable:
        return Saving(form, Outcome.LOCKED)
    if str(current.revision) != str(data.get("revision")):
        return Saving(form, Outcome.SAVED if is_same else Outcome.STALE)
    return _save(data, current, user, only)


def _save(data, draft: Sponsorship, user: User, only: Only) -> Saving:
    form = SponsorshipForm(data, instance=draft, user=user, only=only)
    is_valid = form.is_valid()
    if not is_valid and not form.keep_what_is_good():
        return Saving(form, Outcome.REFUSED)
    draft.revision += 1
    draft.save()
    take_over(draft, user)
    form.show_revision(draft.revision)
    return Saving(form, Outcome.SAVED if is_valid else Outcome.PARTLY_SAVED)
