"""Changes that one person asks for and another makes: what is kept of them, and their confirmation."""

import json
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
from clusters.standing_in import hands_of
from core.exceptions import Refused
from core.mail.queue import queue_mail, queue_mails


def as_kept(values: dict[str, Any]) -> dict[str, Any]:
    """Return values as JSON keeps them."""
    kept: dict[str, Any] = json.loads(json.dumps(values, cls=DjangoJSONEncoder))
    return kept


@transaction.atomic
def ask(record: Any, values: dict[str, Any], *, why: str, cluster: Cluster, by: User) -> ChangeRequest:
    """Keep what the record is to say. Raise Refused where another change of it waits already."""
    kind = record._meta.label_lower
    if ChangeRequest.objects.open().filter(kind=kind, record=record.pk).exists():
        raise Refused([_("A change of this record already waits for a second person.")])
    before = as_kept({name: getattr(record, name) for name in values})
    asked = ChangeRequest.objects.create(
        cluster=cluster,
        kind=kind,
        record=record.pk,
        name=str(record)[:300],
        before=before,
        values=as_kept(values),
        why=why,
        asked_by=by,
    )
    _tell_colleagues(asked)
    return asked


def _tell_colleagues(asked: ChangeRequest) -> None:
    """Tell whoever may decide: the other editors and managers of the cluster."""
    team = StaffRole.objects.filter(cluster=asked.cluster, role__in=EDITORS).order_by().values("user")
    colleagues = User.objects.filter(pk__in=team, is_active=True).exclude(pk__in=hands_of(asked.asked_by))
    context = {"by": asked.asked_by, "title": asked.name, "cluster": asked.cluster, "note": asked.why}
    queue_mails(colleagues, "changes/asked", context, link=("admin:clusters_changerequest_decide", asked.pk))


@transaction.atomic
def confirm_change(request: ChangeRequest, *, by: User) -> None:
    """Make the change. Raise Refused where the record changed meanwhile, or may not say this."""
    request = _decided(request, by, is_confirmed=True)
    model = apps.get_model(request.kind)
    record = model._base_manager.select_for_update().filter(pk=request.record).first()
    if record is None:
        raise Refused([_("The record is not there any more.")])
    if as_kept({name: getattr(record, name) for name in request.before}) != request.before:
        raise Refused([_("The record was changed since this was asked. Refuse it, and ask again.")])
    fields = {one.attname: one for one in model._meta.concrete_fields}
    for name, value in request.values.items():
        setattr(record, name, fields[name].to_python(value))
    others = {one.name for one in model._meta.fields if one.attname not in request.values}
    try:
        record.full_clean(exclude=others)
    except ValidationError as error:
        raise Refused(error.messages) from error
    record.save()
    _tell_who_asked(request, "changes/confirmed", by)


@transaction.atomic
def refuse_change(request: ChangeRequest, *, by: User) -> None:
    """Leave the record as it is."""
    _tell_who_asked(_decided(request, by, is_confirmed=False), "changes/refused", by)


def _tell_who_asked(request: ChangeRequest, occasion: str, by: User) -> None:
    context = {"by": by, "title": request.name, "cluster": request.cluster}
    queue_mail(request.asked_by, occasion, context, link=("admin:clusters_changerequest_change", request.pk))


def _decided(request: ChangeRequest, by: User, *, is_confirmed: bool) -> ChangeRequest:
    locked = ChangeRequest.objects.select_for_update().get(pk=request.pk)
    if locked.decided_at is not None:
        raise Refused([_("This has already been decided.")])
    if not ChangeRequest.objects.decidable_by(by).filter(pk=locked.pk).exists():
        raise Refused([_("Whoever asked for a change does not confirm it: a colleague does.")])
    locked.decided_by, locked.decided_at, locked.is_confirmed = by, timezone.now(), is_confirmed
    locked.save()
    return locked
