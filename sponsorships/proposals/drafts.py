"""Saves drafts of proposals: one record per form, and nobody overwrites somebody else's changes."""

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

# The fields of a step, where a form has a part of the proposal only; None for all of it.
Only = frozenset[str] | None


class Outcome(TextChoices):
    """What became of a posted form."""

    SAVED = "saved"
    PARTLY_SAVED = "partly_saved"  # some fields are wrong: they wait on the page, the others are saved
    REFUSED = "refused"  # nothing could be saved
    STALE = "stale"  # somebody saved the draft since this form was shown
    LOCKED = "locked"  # it has been sent meanwhile


@dataclass
class Saving:
    form: SponsorshipForm
    outcome: Outcome


def new_draft(chair, user: User, reference: uuid.UUID | None = None) -> Sponsorship:
    """Return an unsaved proposal; its partner is known already where the person acts for one only."""
    # What the public may see is for the partner to say: nothing is ticked in advance.
    draft = Sponsorship(
        chair=chair, created_by=user, reference=reference or uuid.uuid4(), revision=0, confidentiality=""
    )
    partners = _first_partners(user=user.pk)
    if len(partners) == 1:
        draft.partner = partners[0]
    return draft


@Prepared
def _first_partners():
    """Return one's partners, two of them at most: only whether they are one is asked."""
    mine = Contact.objects.approved().filter(user=Argument("user")).order_by().values("partner")
    return Partner.objects.filter(pk__in=mine)[:2]


def create(data, chair, user: User, reference: uuid.UUID | None, only: Only = None) -> Saving:
    """Save a new draft. The same reference twice is the same record: what the first request saved is found again."""
    try:
        with transaction.atomic():
            return _save(data, new_draft(chair, user, reference), user, only)
    except IntegrityError:
        return update(data, Sponsorship.objects.visible_to(user).get(reference=reference, chair=chair), user, only)


@transaction.atomic
def update(data, draft: Sponsorship, user: User, only: Only = None) -> Saving:
    """Save over an existing draft, if the form shows its last revision. `only`: the fields that the form has."""
    current = draft.locked()
    if not can_propose(current, user):  # the partner took it over while the form was open
        raise PermissionDenied
    form = SponsorshipForm(data, instance=current, user=user, only=only)
    # What the form says has to be asked before validation, which writes it onto the instance.
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
