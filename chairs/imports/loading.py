"""The whole load, in the order in which records refer to each other."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from chairs.imports.chairs import load_chairs
from chairs.imports.clusters import load_clusters
from chairs.imports.institutions import load_institutions
from chairs.imports.json_files import Unreadable, listed, read_json
from chairs.imports.reference import load_disciplines, load_kinds, load_phases, load_theme_names
from chairs.imports.report import KINDS, Report
from chairs.search.index import rebuilt_afterwards

# Lists that only complete records of another kind, and are counted among them.
COUNTED_AS = {"theme_names": "themes"}


@dataclass(frozen=True)
class Files:
    """Where the directory is read from; without chairs, where only their surroundings are wanted."""

    reference: Path
    clusters: Path
    chairs: Path | None = None


def load_directory(files: Files, report: Report) -> Report:
    """Read the files into the database. A file that cannot be read does not keep the others from being read."""
    paths = [path for path in (files.reference, files.clusters, files.chairs) if path is not None]
    read = {path: _read(path, report) for path in paths}
    steps = (
        (files.reference, "phases", load_phases),
        (files.reference, "disciplines", load_disciplines),
        (files.clusters, "institutions", load_institutions),
        (files.clusters, "clusters", load_clusters),
        (files.reference, "theme_names", load_theme_names),
        (files.reference, "kinds", load_kinds),
        (files.chairs, "", load_chairs),
    )
    with rebuilt_afterwards():
        for path, key, load in steps:
            if path is not None and read[path] is not None and not _may_lack(read[path], key):
                _load_list(path, key, load, read[path], report)
    return report


def _read(path: Path, report: Report):
    try:
        return read_json(path)
    except Unreadable as error:
        report.unreadable.append(str(error))
        return None


def _may_lack(content, key: str) -> bool:
    """Return whether the file has none of a list that it need not have."""
    return key in COUNTED_AS and isinstance(content, dict) and key not in content


def _load_list(path: Path, key: str, load: Callable, content, report: Report) -> None:
    try:
        records = listed(content, path, key)
    except Unreadable as error:
        report.unreadable.append(str(error))
        return
    report.say(
        _("%(what)s: %(number)d records in %(file)s")
        % {"what": KINDS[COUNTED_AS.get(key, key or "chairs")], "number": len(records), "file": path.name}
    )
    with transaction.atomic():  # one commit for the list; each record has its savepoint inside it
        load(records, path.name, report)
