"""Loads the whole directory, in the order in which records refer to each other."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from chairs.imports.chairs import load_chairs
from chairs.imports.clusters import load_clusters
from chairs.imports.institutions import load_institutions
from chairs.imports.json_files import Unreadable, listed, read_json
from chairs.imports.programme import LISTS
from chairs.imports.reference import load_disciplines, load_kinds, load_phases, load_theme_names
from chairs.imports.report import KINDS, Report
from chairs.imports.vocabulary import load_concepts
from chairs.search.index import rebuilt_afterwards


@dataclass(frozen=True)
class Files:
    """The paths of the directory's files. The last four are optional: without them, no chairs are loaded."""

    reference: Path
    clusters: Path
    chairs: Path | None = None
    more_chairs: Path | None = None
    programme: Path | None = None
    vocabulary: Path | None = None


@dataclass(frozen=True)
class Step:
    """One list to load from a file, under `key` or the file's top level; `kind` is the word for its records in reports."""

    path: Path | None
    key: str
    load: Callable
    kind: str
    may_lack: bool = False


def load_directory(files: Files, report: Report) -> Report:
    """Load the files into the database. An unreadable file is reported, and the others are loaded."""
    paths = (files.reference, files.clusters, files.chairs, files.more_chairs, files.programme, files.vocabulary)
    read = {path: _read(path, report) for path in paths if path is not None}
    with rebuilt_afterwards():
        for step in steps_of(files):
            if step.path is not None and read[step.path] is not None:
                _load_list(step, read[step.path], report)
    if report.unreadable:
        # The records of an unreadable file are not known to have left it.
        report.left.clear()
    return report


def steps_of(files: Files) -> list[Step]:
    return [
        Step(files.reference, "phases", load_phases, "phases"),
        Step(files.reference, "disciplines", load_disciplines, "disciplines"),
        Step(files.clusters, "institutions", load_institutions, "institutions"),
        Step(files.clusters, "clusters", load_clusters, "clusters"),
        Step(files.reference, "theme_names", load_theme_names, "themes", may_lack=True),
        Step(files.reference, "kinds", load_kinds, "kinds"),
        # A file that holds only chairs is a list, without a key.
        Step(files.chairs, "chairs" if files.chairs == files.clusters else "", load_chairs, "chairs"),
        Step(files.more_chairs, "", load_chairs, "chairs"),
        Step(files.vocabulary, "terms", load_concepts, "concepts"),
        *(Step(files.programme, one.key, one.load, one.kind, may_lack=True) for one in LISTS),
    ]


def _read(path: Path, report: Report):
    try:
        return read_json(path)
    except Unreadable as error:
        report.unreadable.append(str(error))
        return None


def _load_list(step: Step, content, report: Report) -> None:
    if step.may_lack and isinstance(content, dict) and step.key not in content:
        return
    try:
        records = listed(content, step.path, step.key)
    except Unreadable as error:
        report.unreadable.append(str(error))
        return
    report.say(
        _("%(what)s: %(number)d records in %(file)s")
        % {"what": KINDS[step.kind], "number": len(records), "file": step.path.name}
    )
    with transaction.atomic():  # one commit for the list; each record has its savepoint inside it
        step.load(records, step.path.name, report)
