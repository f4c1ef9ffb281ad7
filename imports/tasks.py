from django_tasks import task


@task()
def check(batch_id: int) -> None:
    """Check what the files of an import would change."""
    # Imported here: only the worker reads workbooks.
    from imports.working import check as do

    do(batch_id)


@task()
def enter(batch_id: int) -> None:
    """Enter the files of an import."""
    from imports.working import enter as do

    do(batch_id)
