"""The shares of chairs as they were recorded at a past moment: they may change until the chair starts."""

import datetime
from collections.abc import Iterator
from typing import Any

from chairs.models import ClusterShare

COLUMNS = ("id", "chair_id", "cluster_id", "percent", "agreed_at")


def known_shares(end: datetime.datetime, cluster_id: int | None = None) -> list[ClusterShare]:
    """Return the shares as recorded before `end`; with a cluster, only of chairs of which it had a share then.

    A share whose history begins after `end` counts if it was agreed before: it was entered later.
    """
    found = [ClusterShare(**row) for row in _said_by(end)]
    if cluster_id is not None:
        theirs = {share.chair_id for share in found if share.cluster_id == cluster_id}
        found = [share for share in found if share.chair_id in theirs]
    return sorted(found, key=lambda share: (share.chair_id, share.pk))


def _said_by(end: datetime.datetime) -> Iterator[dict[str, Any]]:
    history: Any = ClusterShare.history  # type: ignore[attr-defined]  # kept by chairs/translation.py
    then: dict[int, dict[str, Any]] = {}
    first: dict[int, dict[str, Any]] = {}
    lines = history.order_by("history_date", "history_id").values("history_date", "history_type", *COLUMNS)
    for line in lines:
        at, sort = line.pop("history_date"), line.pop("history_type")
        first.setdefault(line["id"], line)
        if at < end:
            then[line["id"]] = {} if sort == "-" else line
    unwritten = ClusterShare.objects.exclude(pk__in=history.values("id")).values(*COLUMNS)
    first |= {line["id"]: line for line in unwritten}
    for pk, line in first.items():
        if pk in then:
            yield from filter(None, [then[pk]])
        elif line["agreed_at"] is not None and line["agreed_at"] < end:
            yield line
