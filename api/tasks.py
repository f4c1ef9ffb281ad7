from django_tasks import task


@task()
def make_dump() -> None:
    """Make the file of all public data anew, before the night: it tells of somebody of whom it must not any more."""
    # Imported here: the resources, and what they read, are no business of whoever only puts this into the queue.
    from api import dump

    dump.make()
