from django_tasks import task


@task()
def make_dump() -> None:
    """Make the file of all public data before the nightly run, because something in it was withdrawn."""
    # Imported here, so that queueing the task does not import the resources.
    from api import dump

    dump.make()
