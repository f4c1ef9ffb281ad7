"""Which records a mail is about: those in its template's context, with their cluster."""

from typing import Any

from core.models.mail import OutgoingMail
from core.models.mail_wording import MailSubject
from core.transitions import LivingRecord


def note_subjects(mail: OutgoingMail, context: dict[str, Any]) -> None:
    """Save which records a mail is about."""
    found = {(record._meta.label_lower, record.pk): record for record in context.values() if _has_a_life(record)}
    MailSubject.objects.bulk_create(
        MailSubject(mail=mail, kind=kind, record=pk, cluster=cluster)
        for (kind, pk), record in found.items()
        if (cluster := _cluster_of(record)) is not None
    )


def _has_a_life(value: Any) -> bool:
    return isinstance(value, LivingRecord) and value.pk is not None


def _cluster_of(record: Any) -> int | None:
    """Return the key of the record's cluster, if need be by its chair or sponsorship; None if it has none."""
    for name in ("chair", "sponsorship"):
        if hasattr(record, f"{name}_id"):
            return _cluster_of(getattr(record, name))
    key: int | None = getattr(record, "cluster_id", None)
    return key
