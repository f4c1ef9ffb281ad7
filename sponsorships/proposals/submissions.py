"""Keep each proposal as it was sent, and compare two submissions."""

import datetime
from decimal import Decimal

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from accounts.models import User
from core.changes import Change, differences, display_value
from core.languages import is_french
from core.prepared import Argument, Prepared
from sponsorships.enums import Confidentiality, Regime
from sponsorships.models import Sponsorship, SponsorshipSubmission
from sponsorships.models.submission import DOCUMENTS, PROPOSED_FIELDS, label_of

CHOICES = {"regime": Regime, "confidentiality": Confidentiality}


def keep_submission(sponsorship: Sponsorship, *, by: User | None, at: datetime.datetime) -> None:
    """Store the proposal as sent.

    Call it in the sending transaction: the sponsorship's lock keeps the numbers in order.
    """
    sponsorship.documents.current().filter(sent_at=None).update(sent_at=at)
    number = sponsorship.submissions.count() + 1
    content = content_of(sponsorship)
    SponsorshipSubmission.objects.create(sponsorship=sponsorship, number=number, by=by, at=at, data=content)


def content_of(sponsorship: Sponsorship) -> dict:
    """Return the proposal's fields as JSON values, with the names and titles of that day."""
    content = {name: _kept(sponsorship, name) for name in PROPOSED_FIELDS}
    documents = sponsorship.documents.current().values("name", "size", "sha256")
    return content | {DOCUMENTS: list(documents)}


def _kept(sponsorship: Sponsorship, name: str):
    value = getattr(sponsorship, name)
    match name, value:
        case _, None:
            return None
        case "activity", activity:
            return {"pk": activity.pk, "title_en": activity.title_en, "title_fr": activity.title_fr}
        case "signatory", contact:
            return {"pk": contact.pk, "name": contact.user.name}
        case _, bool():
            return value
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


@Prepared
def _latest():
    sent = SponsorshipSubmission.objects.filter(sponsorship=Argument("sponsorship"))
    return sent.select_related("by").order_by("-number")[:2]


def last_two(sponsorship: Sponsorship) -> list[SponsorshipSubmission]:
    """Return the last two submissions, earlier first; an empty list if there are fewer than two."""
    found = _latest(sponsorship=sponsorship.pk)
    return found[::-1] if len(found) == 2 else []


def changes(before: dict, after: dict) -> list[Change]:
    """Return the differences between two submissions' data, in the order of the form and the active language."""
    both = {"is_exclusive": False}  # older submissions lack this field: it counts as not ticked
    before, after = both | before, both | after
    pairs = [(name, before.get(name), after.get(name)) for name in (*PROPOSED_FIELDS, DOCUMENTS)]
    return differences(pairs, label_of, _shown)


def _shown(name: str, value) -> str:
    """Return a stored value as text for the reader; dates and amounts are stored as text."""
    if value and name in CHOICES:
        return str(dict(CHOICES[name].choices).get(value, value))
    if value and name.endswith("_amount"):
        return display_value(Decimal(value))
    if value and name.endswith("_on"):
        return display_value(datetime.date.fromisoformat(value))
    match value:
        case {"title_en": english, "title_fr": french}:
            return (french or english) if is_french() else (english or french)
        case {"name": person}:
            return person
        case [_first, *_others]:
            return "\n".join(_("%(name)s (%(size)s)") % {**one, "size": filesizeformat(one["size"])} for one in value)
    return display_value(value)
