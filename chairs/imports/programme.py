"""The lists of `programme.json`, in the order in which their records refer to each other.

An app above this one adds its own list in `AppConfig.ready`:

    join_programme("collaborations", load_collaborations, _("collaborations"))

Its function takes the list's records, the file's name and the report, like the functions below, and counts its records
under the same name: `report.record("collaborations", file, …)`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from chairs.imports.innovation import load_business_schools, load_incubators, load_start_ups
from chairs.imports.institutions import load_institutions
from chairs.imports.report import KINDS, Report
from chairs.imports.training import load_programmes, load_stated_counts

Load = Callable[[list[Any], Any, Report], None]


@dataclass(frozen=True)
class ProgrammeList:
    """A list of the file; `kind` is the word for its records in reports."""

    key: str
    load: Load
    kind: str


LISTS = [
    ProgrammeList("institutions", load_institutions, "institutions"),
    ProgrammeList("incubators", load_incubators, "institutions"),
    ProgrammeList("business_schools", load_business_schools, "institutions"),
    ProgrammeList("training_programmes", load_programmes, "training_programmes"),
    ProgrammeList("national_training", load_stated_counts, "stated_counts"),
    ProgrammeList("start_up_counts", load_stated_counts, "stated_counts"),
    ProgrammeList("network_figures", load_stated_counts, "stated_counts"),
    ProgrammeList("start_ups", load_start_ups, "start_ups"),
]


def join_programme(key: str, load: Load, label: Any) -> None:
    """Load the list under `key` with `load`, after the lists that are here; `label` names its records in reports."""
    KINDS[key] = label
    LISTS[:] = [one for one in LISTS if one.key != key] + [ProgrammeList(key, load, key)]
