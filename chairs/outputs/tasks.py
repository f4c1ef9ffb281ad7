from django_tasks import task


@task()
def complete_new(chair_id: int) -> None:
    """Complete what was just added to a chair; a long list in several tasks, so that none runs for an hour."""
    # Imported here: an HTTP client and what belongs to it are loaded by the worker, and not by each web process.
    from chairs.outputs.completion import complete_chair

    if complete_chair(chair_id):
        complete_new.enqueue(chair_id)
