import pytest

from imports import acts
from imports.models import Import
from tests.imports.workbooks import upload, workbook


@pytest.fixture
def bring(django_capture_on_commit_callbacks):
    """Bring files for a cluster; return the import once it is checked."""

    def do(cluster, by, *uploads, **sheets):
        files = list(uploads) or [upload(workbook(**sheets))]
        with django_capture_on_commit_callbacks(execute=True):
            batch = acts.bring(Import(cluster=cluster), files, by=by)
        return Import.objects.get(pk=batch.pk)

    return do


@pytest.fixture
def enter(django_capture_on_commit_callbacks):
    """Enter an import that was checked; return it once it is in."""

    def do(batch, by):
        with django_capture_on_commit_callbacks(execute=True):
            acts.enter(batch, by=by)
        return Import.objects.get(pk=batch.pk)

    return do
