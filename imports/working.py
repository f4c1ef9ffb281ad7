"""What the task worker does with an import: check it in a transaction that is rolled back, then enter it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from chairs.consent.invitations import uninvited
from chairs.search.index import indexed_once
from core.mail.queue import muted
from core.on_behalf import as_then, hands_of
from core.storage import remove_unconfirmed
from imports import progress
from imports.enums import FileType, ImportStatus, Outcome
from imports.models import Import, ImportLine
from imports.reading import MAX_LINES, Table, tables_of
from imports.run import Run

S = ImportStatus
BATCH_SIZE = 500


class TakenBack(Exception):
    """Raised to roll back a pass."""


def check(batch_id: int) -> None:
    """Process the files, roll everything back, and store the result of each line."""
    batch = _running(batch_id, S.CHECKING)
    if batch is None:
        return
    with translation.override(batch.language):
        run, problems = _rehearse(batch)
        with transaction.atomic():
            _keep(batch, run, problems)


def enter(batch_id: int) -> None:
    """Enter the files in one transaction. If there are problems, store these and enter nothing.

    The same if the lines would now do something else than was shown, because somebody has changed their records.
    """
    batch = _running(batch_id, S.ENTERING)
    if batch is None:
        return
    run, problems = None, []
    with translation.override(batch.language):
        try:
            with transaction.atomic():
                Import.objects.select_for_update().get(pk=batch.pk, status=S.ENTERING)
                run = _run_of(batch, second=as_then(batch.entered_by, batch.entered_for))
                _go(run)
                if run.is_right and _said_of(_rows(batch, run)) != _said_of(batch.lines.all()):
                    problems.append(_changed_since())
                if problems or not run.is_right:
                    raise TakenBack
                _keep(batch, run, [], entered=True)
        except TakenBack:
            _keep(batch, run, problems)
        except ValidationError as refusal:
            _keep(batch, None, refusal.messages)
        finally:
            _tidy(batch)


def _running(batch_id: int, status: ImportStatus) -> Import | None:
    """Return the import, or None if it was discarded or another worker has taken it."""
    people = ("uploaded_by", "on_behalf_of", "entered_by", "entered_for")
    return Import.objects.select_related("cluster", *people).filter(pk=batch_id, status=status).first()


def _rehearse(batch: Import) -> tuple[Run | None, list[str]]:
    run = None
    try:
        run = _run_of(batch)
        with transaction.atomic():
            _go(run)
            raise TakenBack
    except TakenBack:
        return run, []
    except ValidationError as refusal:
        return None, refusal.messages
    finally:
        _tidy(batch)


def _go(run: Run) -> None:
    # Imported data are not events: nobody gets a mail, or is asked for consent before staff do so on the page.
    with muted(), uninvited(), indexed_once():
        run.go()


def _tidy(batch: Import) -> None:
    progress.forget(batch)
    remove_unconfirmed()


def _run_of(batch: Import, second=None) -> Run:
    """Read the files into a run. Raise ValidationError if one cannot be read."""
    tables: list[Table] = []
    documents = {}
    for file in batch.files.all():
        if file.kind == FileType.PDF:
            documents[file.name.casefold()] = file
        else:
            with file.file.open("rb") as kept:
                tables += tables_of(file.name, file.kind, kept.read())
    total = sum(len(table.lines) for table in tables)
    if total > MAX_LINES:
        said = {"number": total, "most": MAX_LINES}
        raise ValidationError(
            _("%(number)d lines: at most %(most)d are entered at once. Bring them in several imports.") % said
        )
    Import.objects.filter(pk=batch.pk).update(lines_total=total)
    batch.lines_total = total
    by_two = second if second is not None and not hands_of(second) & batch.bringers else None
    return Run(
        batch.cluster,
        tables,
        by=as_then(batch.uploaded_by, batch.on_behalf_of),
        second=by_two,
        documents=documents,
        tell=partial(progress.tell, batch),
    )


def _keep(batch: Import, run: Run | None, problems: list[str], *, entered: bool = False) -> None:
    """Store the result of the files and of each line."""
    current = Import.objects.select_for_update().get(pk=batch.pk)
    current.lines.all().delete()
    current.checked_at, current.lines_total = timezone.now(), batch.lines_total
    if run is None:
        current.status, current.problems, current.counts = S.UNREADABLE, problems, {}
    else:
        current.problems, current.counts, current.needs_second = run.problems + problems, _counts(run), run.needs_second
        current.status = S.ENTERED if entered else S.READY if run.is_right else S.TO_CORRECT
        ImportLine.objects.bulk_create(_rows(current, run), BATCH_SIZE)
    if not entered:
        current.entered_by = current.entered_for = current.entered_at = None
    current.save()


def _said_of(lines: Iterable[ImportLine]) -> list[tuple]:
    """Return the result of each line that enters something, for comparison."""
    return [
        (line.kind, line.sheet, line.number, line.name, str(line.outcome), line.changes)
        for line in lines
        if line.outcome != Outcome.UNCHANGED
    ]


def _changed_since() -> str:
    return _(
        "Nothing was entered: the records have changed since the lines were checked, and some lines would do something else. "
        "The lines below say what they would do now: read them, then enter."
    )


def _counts(run: Run) -> dict[str, dict[str, int]]:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for line in run.all_lines:
        found[line.kind.code][line.outcome.value] += 1
    return {code: dict(counter) for code, counter in found.items()}


def _rows(batch: Import, run: Run) -> Iterator[ImportLine]:
    for line in run.all_lines:
        yield ImportLine(
            batch=batch,
            sheet=line.sheet[:200],
            number=line.number,
            kind=line.kind.code,
            name=line.name,
            outcome=line.outcome,
            problems=[list(problem) for problem in line.problems],
            changes=[list(change) for change in line.changes],
        )
