"""The addressees of staff mails in chairs: today's investigators."""

from collections.abc import Iterable
from typing import Any

from accounts.models import User
from chairs.models import Appointment
from clusters.addressees import address_of
from clusters.scopes import EDITORS, clusters_of, clusters_with
from core.admin.addressees import Addressee


def investigators_of(chairs: Any, reader: User) -> Iterable[Addressee]:
    """Return today's investigators of these chairs, given as a queryset of keys.

    Only of chairs in the clusters that the reader edits; of all for national staff.
    """
    posts = Appointment.objects.on().investigators().filter(chair__in=chairs).order_by()
    if not clusters_of(reader).is_national:
        posts = posts.filter(chair__cluster__in=clusters_with(reader, EDITORS))
    held = posts.select_related("person__user", "chair")
    return [Addressee(one.person.name, address_of(one.person, reader), str(one.chair)) for one in held]
