"""Merges two records."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from core.exceptions import Refused
from core.merging.references import References, plain_references_to, references_to, snapshot
from core.models import Merge, NotTheSame, PastAddress
from core.models.kept_file import KeptFile
from core.primary_keys import any_of


def why_not_merge(kept: Model, gone: Model) -> list[str]:
    """Return the reasons why two records cannot be merged by anybody; an empty list if they can."""
    if type(kept) is not type(gone) or kept.pk == gone.pk:
        return [_("A record cannot be merged with itself.")]
    if kept.pk in _named_by(gone) or gone.pk in _named_by(kept):
        return [_("One of the two names the other, as its successor: they are two. Remove that first if it is wrong.")]
    return []


def _named_by(record: Model) -> set[Any]:
    """Return the keys of the records of the same model that a record refers to."""
    own = [one for one in record._meta.concrete_fields if one.is_relation and one.remote_field.model is type(record)]
    return {getattr(record, one.attname) for one in own}


@transaction.atomic
def merge(
    *,
    kept: Any,
    gone: Any,
    chosen: Mapping[str, Any],
    by: Any,
    after: Callable[[Any, Any], Iterable[Model]] | None = None,
) -> Merge:
    """Move all references from `gone` to `kept`, set the chosen values on `kept`, and delete `gone`. Return the Merge.

    `after` may add rows once `gone` is deleted, and returns them; undoing the merge
    removes them. Raise Refused with the reasons.
    """
    kept, gone = _locked(kept, gone)
    if reasons := why_not_merge(kept, gone):
        raise Refused(reasons)
    was_public = gone.has_public_page()
    before = {"kept": snapshot(kept), "gone": snapshot(gone)}
    moved = _move_all(gone, kept)
    addresses = _lead_on(gone, kept, was_public=was_public)
    _leave(gone)
    _give(kept, chosen)
    added = [[one._meta.label, one.pk] for one in (after(kept, gone) if after else ())]
    kept.refresh_from_db()
    pairs = _forget_pairs(kept, before["gone"]["pk"])
    done = {**before, **moved, **addresses, "added": added, "pairs": pairs, "after": snapshot(kept)}
    return Merge.objects.create(
        kind=kept._meta.label_lower,
        kept=kept.pk,
        kept_name=str(kept)[:300],
        gone=before["gone"]["pk"],
        gone_name=str(gone)[:300],
        moved=done,
        by=by,
    )


def _locked(kept: Any, gone: Any) -> tuple[Any, Any]:
    """Return both records, read again and locked in the order of their keys. Raise Refused if one was deleted."""
    rows = type(kept)._base_manager.select_for_update().order_by("pk").filter(pk__in=[kept.pk, gone.pk])
    both = {one.pk: one for one in rows}
    if len(both) < 2 and kept.pk != gone.pk:
        raise Refused([_("One of the two is not there any more.")])
    return both[kept.pk], both[gone.pk]


def _move_all(gone: Model, kept: Model) -> dict[str, list[Any]]:
    moved: list[Any] = []
    set_aside: list[Any] = []
    for found in references_to(gone, kept):
        _move(found, gone, kept, moved, set_aside)
    _move_plain(gone, kept, moved)
    return {"moved": moved, "set_aside": set_aside}


def _move(found: References, gone: Model, kept: Model, moved: list[Any], set_aside: list[Any]) -> None:
    keys = [row.pk for row in found.to_move]
    for row in found.to_set_aside:
        standing = found.in_the_way[row.pk]
        if standing is not None:
            # Move references to the removed row to the one that stays.
            for nested in references_to(row, standing):
                _move(nested, row, standing, moved, set_aside)
            _move_plain(row, standing, moved)
        if isinstance(row, KeptFile):
            # Erased now and for good: nobody would find a stored file, and a person may have asked for its removal.
            row.erase()
            continue
        set_aside.append(snapshot(row))
        type(row)._base_manager.filter(pk=row.pk).delete()
    if keys:
        found.model._base_manager.filter(pk__in=any_of(keys)).update(**{found.field.attname: kept.pk})
        moved.append([found.model._meta.label, found.field.attname, gone.pk, kept.pk, keys])


def _move_plain(gone: Model, kept: Model, moved: list[Any]) -> None:
    """Move references by kind and key. If a unique constraint forbids it, the rows of that model stay as they are."""
    for model, keys in plain_references_to(gone):
        try:
            with transaction.atomic():
                model._base_manager.filter(pk__in=any_of(keys)).update(record=kept.pk)
        except IntegrityError:
            continue
        moved.append([model._meta.label, "record", gone.pk, kept.pk, keys])


def _lead_on(gone: Any, kept: Any, *, was_public: bool) -> dict[str, Any]:
    """Redirect the current and former slugs of `gone` to `kept`. Return the keys of the rows, for an undo."""
    kind = kept._meta.label_lower
    past = PastAddress.objects.filter(kind=kind, record=gone.pk)
    keys = list(past.values_list("pk", flat=True))
    past.update(record=kept.pk)
    left = PastAddress.objects.create(kind=kind, slug=gone.slug, record=kept.pk, was_public=was_public)
    return {"past_addresses": keys, "left_address": left.pk}


def _leave(gone: Any) -> None:
    """Delete the record. A reference that was overlooked is protected and raises an error. `gone` keeps its key."""
    key = gone.pk
    gone.delete()
    gone.pk = key


def _give(kept: Any, chosen: Mapping[str, Any]) -> None:
    for name, value in chosen.items():
        setattr(kept, name, value)
    names = {kept._meta.get_field(name).name for name in chosen}
    try:
        kept.full_clean(exclude={one.name for one in kept._meta.fields} - names)
    except ValidationError as error:
        raise Refused(error.messages) from error
    kept.save()


def _forget_pairs(kept: Model, gone: int) -> list[list[Any]]:
    """Delete the decisions about pairs with the record that goes, and return them, for an undo."""
    kind = kept._meta.label_lower
    lines = [
        *NotTheSame.objects.filter(kind=kind, first=gone),
        *NotTheSame.objects.filter(kind=kind, second=gone),
    ]
    kept_lines = [snapshot(line) for line in lines]
    NotTheSame.objects.filter(pk__in=[line.pk for line in lines]).delete()
    return kept_lines
