"""What awaits a person on the front page of the panel: a sentence with its number, and the first records."""

from dataclasses import dataclass

from django.db.models import F, Func, IntegerField, Subquery
from django.urls import reverse

# The list behind the sentence has the rest.
SHOWN = 5


@dataclass(frozen=True)
class Line:
    """One record; `bearer` is what says whether it is made up: itself, or what it belongs to."""

    record: object
    url: str
    detail: str = ""
    bearer: object = None


@dataclass(frozen=True)
class Waiting:
    """`is_asked` of the person, or only to be kept in view."""

    sentence: str
    url: str
    lines: list[Line]
    more: int = 0
    is_asked: bool = True


def waiting(model_admin, records, sentence, query: str, detail, is_asked=True, bearer=None) -> list[Waiting]:
    """Return what these records ask, or nothing. `sentence` takes their number, `detail` a record; `query` is the list's."""
    first = list(_numbered(records)[:SHOWN])
    if not first:
        return []
    number = first[0].number_of_all
    name = f"admin:{model_admin.opts.app_label}_{model_admin.opts.model_name}"
    lines = [
        Line(
            record,
            reverse(f"{name}_change", args=[record.pk]),
            str(detail(record)),
            bearer(record) if bearer else record,
        )
        for record in first
    ]
    return [Waiting(sentence(number), reverse(f"{name}_changelist") + query, lines, number - len(first), is_asked)]


def _numbered(records):
    """Add to each record how many there are of them all, so that one query says both."""
    all_of_them = records.model._base_manager.filter(pk__in=records.order_by().values("pk")).order_by()
    count = Func(F("pk"), function="COUNT", output_field=IntegerField())
    return records.annotate(number_of_all=Subquery(all_of_them.annotate(how_many=count).values("how_many")))
