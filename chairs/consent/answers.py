"""Records a person's answers, one event each. Pages read only the date on the appointment."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from chairs.consent.invitations import INVITING_STATUSES
from chairs.enums import ChairStatus, ConsentAct, ConsentWay
from chairs.models import Appointment, ConsentEvent
from chairs.notifications import tell_of_refusal
from clusters.enums import Origin
from core.exceptions import Refused

ANSWERS = (ConsentAct.ACCEPTED, ConsentAct.DECLINED, ConsentAct.WITHDRAWN)
# A chair that has ended stays public: its people may still agree to be named.
ANSWERABLE_STATUSES = (*INVITING_STATUSES, ChairStatus.CLOSED)


def why_not_answer(appointment: Appointment, act: ConsentAct) -> list[str]:
    """Return why this answer cannot be given, or an empty list. Withdrawing a consent is always possible."""
    if appointment.chair.origin == Origin.SOURCED or appointment.named_by_source:
        return [_("A published source names the people of this chair: there is nothing to agree to.")]
    if act == ConsentAct.WITHDRAWN:
        return [] if appointment.consent_given_on else [_("You are not named: there is nothing to withdraw.")]
    if appointment.consent_given_on and act == ConsentAct.DECLINED:
        return [_("You have already agreed. Withdraw your agreement instead.")]
    if appointment.chair.status not in ANSWERABLE_STATUSES:
        return [_("This chair is neither in preparation nor public: nobody is named in it.")]
    return []


def answer(appointment: Appointment, act: ConsentAct, *, way: ConsentWay, by: User | None = None) -> bool:
    """Record an answer and apply it at once. Return whether anything changed; raise Refused with the reasons.

    A repeated answer, such as a double click, changes nothing.
    """
    with transaction.atomic():
        post = Appointment.objects.select_for_update().get(pk=appointment.pk)
        last = ConsentEvent.objects.about(post).last()
        if _is_given(post, last, act):
            return False
        if reasons := why_not_answer(post, act):
            raise Refused(reasons)
        given_on = timezone.localdate() if act == ConsentAct.ACCEPTED else None
        if post.consent_given_on != given_on:
            post.consent_given_on = given_on
            post.consent_is_logged = True
            post.save(update_fields=["consent_given_on"])
        event = log(post, act, way=way, by=by, given_on=given_on)
        if act != ConsentAct.ACCEPTED:
            tell_of_refusal(event)
    return True


def log(post: Appointment, what: ConsentAct, *, way: ConsentWay, by: User | None, given_on=None) -> ConsentEvent:
    """Add an event to the record of a person's consent."""
    return ConsentEvent.objects.create(
        chair_id=post.chair_id,
        appointment=post,
        person_id=post.person_id,
        what=what,
        way=way,
        by=by,
        given_on=given_on,
    )


def _is_given(post: Appointment, last: ConsentEvent | None, act: ConsentAct) -> bool:
    if act == ConsentAct.ACCEPTED:
        return post.consent_given_on is not None
    return post.consent_given_on is None and last is not None and last.what == act
