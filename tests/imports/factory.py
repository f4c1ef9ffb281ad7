"""Makes an import that has been checked, with its file and a line of each outcome."""

from imports.enums import ImportStatus, Outcome
from imports.models import Import, ImportLine
from tests.factories import kept_file


def make_import(cluster, by=None, **overrides) -> Import:
    counts = {"people": {outcome.value: 1 for outcome in Outcome}}
    values = {"status": ImportStatus.READY, "lines_total": len(Outcome), "counts": counts, **overrides}
    batch = Import.objects.create(cluster=cluster, uploaded_by=by, **values)
    batch.files.create(**{**kept_file("import"), "name": "A secret title.csv", "kind": "csv"})
    for number, outcome in enumerate(Outcome, 2):
        make_line(batch, number=number, outcome=outcome)
    return batch


def make_line(batch, **overrides) -> ImportLine:
    problems, changes = [["Name", "This column must not be empty."]], [["City", "Villeneuve d’Ascq", "Lens"]]
    said = {"sheet": "people", "number": 2, "kind": "people", "name": "A secret title of somebody"}
    return batch.lines.create(**{**said, "problems": problems, "changes": changes, **overrides})
