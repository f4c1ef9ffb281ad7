"""Record who wrote a sponsorship, and when the partner took over a draft of the office."""

from django.utils import timezone

from accounts.models import User
from core.mail.queue import queue_mail
from partners.models import Partner
from partners.perms import is_contact
from sponsorships.models import Sponsorship
from sponsorships.perms import is_on_behalf


def take_over(sponsorship: Sponsorship, by: User | None, *, is_logged: bool = True) -> None:
    """Record that the partner takes over what the office drafted, if `by` is its contact. From then on only the partner edits it.

    Call it for every change of a sponsorship, in the transaction and under the lock of the change.
    """
    is_kept = sponsorship.taken_over_at is None and is_on_behalf(sponsorship)
    if not is_kept or not is_contact(sponsorship.partner, by):
        return
    _note_taken(sponsorship, by, is_logged)
    context = {"chair": sponsorship.chair, "partner": sponsorship.partner, "by": by}
    queue_mail(sponsorship.created_by, "sponsorships/taken_over_staff", context, link=("portal:home",))


def hand_over(partner: Partner, by: User) -> None:
    """Hand what the office sent on a partner's behalf over to the partner, whose first people have arrived.

    Unsent drafts stay with their author. There is no mail for each sponsorship: one mail tells the office who arrived.
    """
    waiting = Sponsorship.objects.sent().filter(partner=partner, taken_over_at=None).select_for_update(of=["self"])
    for sponsorship in waiting.select_related("partner", "created_by").order_by("pk"):
        if is_on_behalf(sponsorship):
            _note_taken(sponsorship, by)


def _note_taken(sponsorship: Sponsorship, by: User | None, is_logged: bool = True) -> None:
    taken = {"taken_over_at": timezone.now(), "taken_over_by": by}
    Sponsorship.objects.filter(pk=sponsorship.pk).update(**taken)
    for field, value in taken.items():
        setattr(sponsorship, field, value)
    if is_logged:
        sponsorship.log("take_over", by=by, at=taken["taken_over_at"])
