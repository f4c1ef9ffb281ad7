"""What the worker does every night for the files that are kept beside the database. docs/documents.md."""

import logging

from django_tasks import task

from clusters import nightly
from clusters.storage import records_without_a_file, remove_strays

logger = logging.getLogger(__name__)


@task()
def look_for_strays() -> int:
    """Remove the files that no record has, report the records whose file is gone; come back tomorrow."""
    come_back()
    removed, left = remove_strays()
    for name in left:
        logger.warning("%s: no record has this file, and it is none of ours.", name)
    for record, name in records_without_a_file():
        logger.error("%s %s: its file %s is gone.", record._meta.label, record.pk, name)
    return len(removed)


def come_back() -> bool:
    """Queue the next visit unless one is waiting. Return whether it was queued."""
    return nightly.come_back(look_for_strays)
