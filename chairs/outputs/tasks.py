from django_tasks import task


@task()
def complete_new(chair_id: int) -> None:
    """Complete the outputs just added to a chair; a long list takes several tasks, so that none runs for an hour."""
    # Imported here: only the worker needs the HTTP client, and the web processes do not load it.
    from chairs.outputs.completion import complete_chair

    if complete_chair(chair_id):
        complete_new.enqueue(chair_id)
