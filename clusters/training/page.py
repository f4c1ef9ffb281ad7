"""The page of a training programme, with everything that a student needs to decide and apply."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import SlugField
from django.http import Http404
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import capfirst

from clusters.enums import InstitutionKind, Origin
from clusters.linked_data import training_script
from clusters.models import Cluster, Intake, TrainingProgramme
from clusters.training.entries import TAUGHT_IN, programmes_with_parts
from clusters.training_counts import People, people_by_year
from core.languages import columns_of
from core.prepared import Argument, Prepared

IN_HEAD = ("slug", *columns_of("name", "summary"), "cluster__name", "cluster__acronym", "cluster__slug")


@dataclass(frozen=True)
class Year:
    """The people of a programme in an academic year, each once, with the intakes of its clusters."""

    year: int
    people: People
    parts: list[Intake]

    @property
    def label(self) -> str:
        return f"{self.year}–{self.year + 1}"


@dataclass(frozen=True)
class Conflict:
    """A field's value according to another source."""

    field: str
    label: str
    value: str
    source: str


@Prepared
def programmes_at():
    """Return the public programme at a slug, with the columns of its page's head."""
    programmes = TrainingProgramme.objects.published().filter(slug=Argument("slug", SlugField()))
    return programmes.select_related("cluster").only(*IN_HEAD)


def content_of(pk: int) -> str:
    """Return the HTML of a public programme's page, below its breadcrumb. Raise Http404 if it is not public."""
    for programme in programmes_with_parts([pk]):
        context = _context(programme)
        context["linked_data"] = training_script(programme, context["clusters"], context["institutions"])
        return render_to_string("clusters/_training_content.html", context)
    raise Http404


def _context(programme: TrainingProgramme) -> dict[str, Any]:
    today, opens, last = timezone.localdate(), programme.applications_open_on, programme.apply_by
    institutions = programme.institutions.all()
    return {
        "programme": programme,
        "clusters": [programme.cluster, *programme.shared_with.all()],
        "institutions": [one for one in institutions if one.kind != InstitutionKind.COMPANY],
        "companies": [one for one in institutions if one.kind == InstitutionKind.COMPANY],
        "taught_in": TAUGHT_IN.get(programme.teaching_language, ""),
        "is_closed": bool(last and last < today),
        "is_to_open": bool(opens and opens > today),
        "years": years_of(programme),
        "is_invented": programme.origin == Origin.DEMONSTRATION,
        "conflicts": [_conflict(**said) for said in programme.conflicts],
    }


def years_of(programme: TrainingProgramme) -> list[Year]:
    """Return the people of a programme by academic year, the latest first."""
    intakes = Intake.objects.filter(programme=programme)
    by_year = people_by_year(intakes)
    parts = list(intakes.select_related("cluster").order_by("cluster__name")) if by_year else []
    return [
        Year(year, by_year[year], [part for part in parts if part.year == year])
        for year in sorted(by_year, reverse=True)
    ]


def programmes_of(cluster: Cluster, most: int) -> tuple[int, list[int]]:
    """Return the number of a cluster's public programmes, and the keys of the first `most`, in order of name."""
    pks = list(
        TrainingProgramme.objects.published().of_cluster(cluster).order_by("name", "pk").values_list("pk", flat=True)
    )
    return len(pks), pks[:most]


def _conflict(field: str = "", value: Any = "", source: str = "", **_more: Any) -> Conflict:
    try:
        label = str(TrainingProgramme._meta.get_field(field).verbose_name)
    except FieldDoesNotExist:
        label = field
    return Conflict(field, capfirst(label), str(value), source)
