"""Change requests: one person asks for a change, another confirms or refuses it."""

import json
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from clusters.models import ChangeRequest, Cluster, StaffRole
from clusters.scopes import EDITORS
from core.changes import Change
from core.exceptions import Refused
from core.mail.queue import queue_mail, queue_mails
from core.on_behalf import colleague_of, hands_of
from core.verbs import lock_row


class Rows:
    """Rows of a record that two people change as a whole; a request stores them under a name, beside the columns."""

    def read(self, record: Any) -> list[dict[str, Any]]:
        """Return the rows as a request stores them."""
        raise NotImplementedError

    def write(self, record: Any, rows: list[dict[str, Any]]) -> None:
        """Save the rows with these values. Raise Refused with the reasons."""
        raise NotImplementedError

    def differences(self, before: Iterable[dict[str, Any]], after: Iterable[dict[str, Any]]) -> list[Change]:
        """Return the differences between the rows, in words."""
        raise NotImplementedError

    def consequences(self, record: Any, rows: list[dict[str, Any]]) -> list[str]:
        """Return sentences on what would be wrong with the record after the change."""
        return []


# By the record's model and the name in the request. The app of the rows registers them when it starts.
ROWS: dict[tuple[str, str], Rows] = {}


def as_kept(values: dict[str, Any]) -> dict[str, Any]:
    """Return values as JSON stores them."""
    kept: dict[str, Any] = json.loads(json.dumps(values, cls=DjangoJSONEncoder))
    return kept


@transaction.atomic
def ask(record: Any, values: dict[str, Any], *, why: str, cluster: Cluster, by: User) -> ChangeRequest:
    """Create a change request and tell the colleagues. Raise Refused if the record already has an open one."""
    kind = record._meta.label_lower
    # Of two people who ask at once, the second waits here for the first one's request.
    lock_row(record)
    if ChangeRequest.objects.open().filter(kind=kind, record=record.pk).exists():
        raise Refused([_("A change of this record already waits for a second person.")])
    before = _said_now(record, values)
    asked = ChangeRequest.objects.create(
        cluster=cluster,
        kind=kind,
        record=record.pk,
        name=str(record)[:300],
        before=before,
        values=as_kept(values),
        why=why,
        asked_by=by,
        on_behalf_of=colleague_of(by),
    )
    _tell_colleagues(asked)
    return asked


def _tell_colleagues(asked: ChangeRequest) -> None:
    """Tell the users who may decide: the other editors and managers of the cluster."""
    team = StaffRole.objects.filter(cluster=asked.cluster, role__in=EDITORS).order_by().values("user")
    colleagues = User.objects.filter(pk__in=team, is_active=True).exclude(pk__in=hands_of(asked.asked_by))
    context = {
        "by": asked.asked_by,
        # Each colleague reads its title in their own language.
        "title": asked.current,
        "cluster": asked.cluster,
        "note": asked.why,
    }
    queue_mails(colleagues, "changes/asked", context, link=("admin:clusters_changerequest_decide", asked.pk))


@transaction.atomic
def confirm_change(request: ChangeRequest, *, by: User) -> None:
    """Make the change. Raise Refused if the record changed meanwhile, or if the values are not valid."""
    request = _decided(request, by, is_confirmed=True)
    model = apps.get_model(request.kind)
    record = model._base_manager.select_for_update().filter(pk=request.record).first()
    if record is None:
        raise Refused([_("The record is not there any more.")])
    if _said_now(record, request.before) != request.before:
        raise Refused([_("The record was changed since this was asked. Refuse it, and ask again.")])
    make_change(record, request.values)
    _tell_who_asked(request, "changes/confirmed")


def make_change(record: Any, values: dict[str, Any]) -> None:
    """Set the values on the record and its rows, and save them. Raise Refused with the reasons."""
    rows = {name: value for name, value in values.items() if (record._meta.label_lower, name) in ROWS}
    fields = {one.attname: one for one in record._meta.concrete_fields}
    said = {name: fields[name].to_python(value) for name, value in values.items() if name not in rows}
    for name, value in said.items():
        setattr(record, name, value)
    others = {one.name for one in record._meta.fields if one.attname not in said}
    try:
        record.full_clean(exclude=others)
    except ValidationError as error:
        raise Refused(error.messages) from error
    if said:
        record.save()
    for name, value in rows.items():
        ROWS[record._meta.label_lower, name].write(record, value)


def consequences_of(request: ChangeRequest) -> list[str]:
    """Return sentences on what would be wrong with the record after the change."""
    rows = {name: value for name, value in request.values.items() if (request.kind, name) in ROWS}
    record = apps.get_model(request.kind)._base_manager.filter(pk=request.record).first() if rows else None
    if record is None:
        return []
    return [
        sentence for name, value in rows.items() for sentence in ROWS[request.kind, name].consequences(record, value)
    ]


def _said_now(record: Any, names: Iterable[str]) -> dict[str, Any]:
    """Return the record's present values under these names, as a request stores them."""
    kind = record._meta.label_lower
    columns = as_kept({name: getattr(record, name) for name in names if (kind, name) not in ROWS})
    return columns | {name: ROWS[kind, name].read(record) for name in names if (kind, name) in ROWS}


@transaction.atomic
def refuse_change(request: ChangeRequest, *, by: User) -> None:
    """Close the request without changing the record, and tell the person who asked."""
    _tell_who_asked(_decided(request, by, is_confirmed=False), "changes/refused")


def _tell_who_asked(request: ChangeRequest, occasion: str) -> None:
    title = request.current or request.name
    context = {"by": request.decided_by, "title": title, "cluster": request.cluster}
    queue_mail(request.asked_by, occasion, context, link=("admin:clusters_changerequest_change", request.pk))


def _decided(request: ChangeRequest, by: User, *, is_confirmed: bool) -> ChangeRequest:
    locked = ChangeRequest.objects.select_for_update().get(pk=request.pk)
    if locked.decided_at is not None:
        raise Refused([_("This has already been decided.")])
    if not ChangeRequest.objects.decidable_by(by).filter(pk=locked.pk).exists():
        raise Refused([_("Whoever asked for a change does not confirm it: a colleague does.")])
    locked.decided_by, locked.decided_for = by, colleague_of(by)
    locked.decided_at, locked.is_confirmed = timezone.now(), is_confirmed
    locked.save()
    return locked
