"""What a load did: counts by kind of record, and every rejection with its reason."""

from collections import Counter, defaultdict
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import DataError, IntegrityError, transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# A sentence may quote the value that it refuses, which may be a megabyte long.
MAX_SENTENCE_LENGTH = 300
MAX_NAME_LENGTH = 80
# The label of each kind of record in reports.
KINDS = {
    "phases": gettext_lazy("phases"),
    "disciplines": gettext_lazy("disciplines"),
    "institutions": gettext_lazy("institutions"),
    "aliases": gettext_lazy("aliases"),
    "clusters": gettext_lazy("clusters"),
    "members": gettext_lazy("members"),
    "themes": gettext_lazy("themes"),
    "directors": gettext_lazy("directors"),
    "figures": gettext_lazy("figures"),
    "people": gettext_lazy("people"),
    "kinds": gettext_lazy("chair kinds"),
    "concepts": gettext_lazy("vocabulary entries"),
    "chairs": gettext_lazy("chairs"),
    "training_programmes": gettext_lazy("training programmes"),
    "stated_counts": gettext_lazy("stated counts"),
    "start_ups": gettext_lazy("start-ups"),
}


class Outcome(Enum):
    CREATED = gettext_lazy("created")
    UPDATED = gettext_lazy("updated")
    UNCHANGED = gettext_lazy("unchanged")
    REMOVED = gettext_lazy("removed")
    REJECTED = gettext_lazy("rejected")


class Rejected(Exception):
    """A record cannot be saved. `errors` has the sentences by field; "" is the record as a whole."""

    def __init__(self, errors: dict[str, list[str]]):
        super().__init__(errors)
        self.errors = errors

    @classmethod
    def because(cls, sentence: str, field: str = "") -> "Rejected":
        return cls({field: [sentence]})


@dataclass(frozen=True)
class Rejection:
    file: str
    record: str
    field: str
    sentence: str

    def __str__(self):
        place = f"{self.file}, {self.record}" + (f", {self.field}" if self.field else "")
        return f"{place}: {self.sentence}"


@dataclass
class Report:
    """Counts and rejections, filled in record by record; `say` prints a line of progress."""

    say: Callable[[str], None] = lambda line: None
    counts: dict[str, Counter] = field(default_factory=dict)
    rejections: list[Rejection] = field(default_factory=list)
    # Sentences about files that could not be read.
    unreadable: list[str] = field(default_factory=list)
    # By kind: the records that are in the database and no longer in the file.
    left: dict[str, list[str]] = field(default_factory=dict)
    # By kind: the keys of the records read so far, since several files may hold records of one kind.
    met: defaultdict[str, set] = field(default_factory=lambda: defaultdict(set))

    @contextmanager
    def record(self, kind: str, file, name: str):
        """Save what is done inside, or roll it back and note the reasons. Yield a list for the outcomes."""
        outcomes: list[tuple[str, Outcome]] = []
        self.counts.setdefault(kind, Counter())
        try:
            with transaction.atomic():
                yield outcomes
        except (Rejected, ValidationError, IntegrityError, DataError) as error:
            self.counts[kind][Outcome.REJECTED] += 1
            self.rejections += [
                Rejection(
                    str(file),
                    Truncator(name).chars(MAX_NAME_LENGTH),
                    place,
                    Truncator(sentence).chars(MAX_SENTENCE_LENGTH),
                )
                for place, sentences in _errors_of(error).items()
                for sentence in sentences
            ]
        else:
            for counted, outcome in outcomes:
                self.counts.setdefault(counted, Counter())[outcome] += 1

    @property
    def is_clean(self) -> bool:
        return not self.rejections and not self.unreadable

    def total(self, outcome: Outcome) -> int:
        return sum(counter[outcome] for counter in self.counts.values())

    @property
    def has_changed_something(self) -> bool:
        return any(self.total(outcome) for outcome in (Outcome.CREATED, Outcome.UPDATED, Outcome.REMOVED))


def _errors_of(error: Exception) -> dict[str, list[str]]:
    if isinstance(error, Rejected):
        return error.errors
    if isinstance(error, ValidationError) and hasattr(error, "error_dict"):
        return {"" if place == NON_FIELD_ERRORS else place: said for place, said in error.message_dict.items()}
    if isinstance(error, ValidationError):
        return {"": error.messages}
    return {"": [_("The database refuses this record: %(reason)s") % {"reason": str(error).splitlines()[0]}]}
