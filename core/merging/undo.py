"""Undoes a merge, as long as nothing of it has changed."""

import json
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.exceptions import Refused
from core.merging.references import restored, snapshot
from core.models import Merge, PastAddress
from core.primary_keys import any_of


def why_not_undo(merge: Merge) -> list[str]:
    """Return the reasons why a merge cannot be undone; an empty list if it can."""
    if merge.undone_at is not None:
        return [_("This merge has been undone already.")]
    model = apps.get_model(merge.kind)
    kept = model._base_manager.filter(pk=merge.kept).first()
    if kept is None:
        return [_("The record that stayed is not there any more: it was merged into another since. Undo that first.")]
    reasons = []
    if _values(snapshot(kept)) != _values(merge.moved["after"]):
        reasons.append(
            _("“%(record)s” was changed after the merge. Undoing it would lose that change.") % {"record": kept}
        )
    if not _are_all_there(merge.moved["moved"]):
        reasons.append(_("Something that was moved was changed, removed or moved again after the merge."))
    return reasons


def undo(merge: Merge, *, by: Any) -> Merge:
    """Restore the record that went, with all that was moved. Return the merge. Raise Refused with the reasons."""
    with transaction.atomic():
        merge = Merge.objects.select_for_update().get(pk=merge.pk)
        if reasons := why_not_undo(merge):
            raise Refused(reasons)
        try:
            with transaction.atomic():
                _put_back(merge)
        except IntegrityError as error:
            sentence = _("What the other record had is taken by now: its address, its identifier or one of its rows.")
            raise Refused([sentence]) from error
        merge.undone_by, merge.undone_at = by, timezone.now()
        merge.save()
    return merge


def _values(line: dict[str, Any]) -> dict[str, Any]:
    """Return a snapshot's fields as they are after JSON, to compare them."""
    return json.loads(json.dumps(line["fields"], cls=DjangoJSONEncoder))


def _are_all_there(moved: list[Any]) -> bool:
    for label, attname, _source, target, keys in moved:
        rows = apps.get_model(label)._base_manager.filter(pk__in=any_of(keys), **{attname: target})
        if rows.count() != len(keys):
            return False
    return True


def _put_back(merge: Merge) -> None:
    done = merge.moved
    model = apps.get_model(merge.kind)
    for label, key in done["added"]:
        apps.get_model(label)._base_manager.filter(pk=key).delete()
    kept, before = model._base_manager.get(pk=merge.kept), restored(done["kept"])
    for field in model._meta.concrete_fields:
        setattr(kept, field.attname, getattr(before, field.attname))
    kept.save()
    PastAddress.objects.filter(pk=done["left_address"]).delete()
    restored(done["gone"]).save(force_insert=True)
    PastAddress.objects.filter(pk__in=done["past_addresses"]).update(record=merge.gone)
    for line in reversed(done["set_aside"]):
        restored(line).save(force_insert=True)
    for label, attname, source, _target, keys in done["moved"]:
        apps.get_model(label)._base_manager.filter(pk__in=any_of(keys)).update(**{attname: source})
    for line in done["pairs"]:
        restored(line).save(force_insert=True)
