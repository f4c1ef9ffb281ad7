"""Public figures of what the clusters do: chairs by theme, people trained, start-ups."""

from collections.abc import Iterable

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from chairs.cards.start_ups import UNKNOWN
from chairs.innovation_counts import StartUps, start_ups_by_year
from chairs.models import Chair
from clusters.enums import Origin, StatedKind, StatedSubject
from clusters.models import Intake, StatedCount, Theme
from clusters.templatetags.records import partial_date
from clusters.training_counts import People, people_by_year
from core.money import number
from figures import charts, tables
from figures.catalogue.figure import TITLES, PublicFigure, Reading, counted_row, in_cathedra, table_of
from figures.charts import Exhibit
from figures.tables import Row

Both = tuple[int, int]


def chairs_by_theme(reading: Reading) -> PublicFigure:
    """Return the public chairs by the themes of their clusters."""
    title = str(TITLES["chairs-by-theme"])
    found = dict(chairs_of_themes())
    themes = Theme.objects.filter(pk__in=[pk for pk in found if pk]).select_related("cluster")
    exhibits = [_of_themes(title, themes, found, made_up) for made_up in (False, True)]
    definition = _(
        "Public chairs, past ones included, by the themes that their clusters gave them. "
        "A chair may have several themes, and counts in each; the total counts it once."
    )
    shown = [exhibits[0], *(one for one in exhibits[1:] if one.table.rows)]
    records = (f"{reverse('chairs:list')}?phase=all", _("All chairs"))
    return PublicFigure("chairs-by-theme", definition, "chairs", shown, [in_cathedra()], records)


def chairs_of_themes() -> Iterable[tuple[int | None, Both]]:
    """Yield each theme's key with its public chairs, real and made up; key None: without theme; key 0: all chairs, each once."""
    made_up = Q(origin=Origin.DEMONSTRATION)
    counts = {"real": Count("pk", filter=~made_up), "invented": Count("pk", filter=made_up)}
    chairs = Chair.objects.published().order_by()
    whole = chairs.aggregate(**counts)
    yield 0, (whole["real"], whole["invented"])
    for pk, real, invented in chairs.values("themes").annotate(**counts).values_list("themes", "real", "invented"):
        yield pk, (real, invented)


def _of_themes(title: str, themes: Iterable[Theme], found: dict[int | None, Both], made_up: bool) -> Exhibit:
    there = reverse("chairs:list")
    rows = []
    for theme in themes:
        if chairs := found[theme.pk][made_up]:
            url = f"{there}?phase=all&theme={theme.cluster.slug}/{theme.slug}"
            values = {"cluster": str(theme.cluster), "chairs": chairs}
            rows.append(counted_row(theme.name, values, made=made_up, url=url))
    rows.sort(key=lambda row: (-row.values["chairs"], row.name, row.values["cluster"]))
    if without := found.get(None, (0, 0))[made_up]:
        rows.append(counted_row(_("No theme stated"), {"chairs": without}, made=made_up))
    foot = counted_row(_("Total"), {"chairs": found[0][made_up]}, made=made_up)
    columns = [tables.named(_("Theme")), tables.CLUSTER, tables.CHAIRS]
    table = table_of("themes", title, columns, rows, foot if rows else None)
    says = _("Each chair counts in each of its themes.")
    return charts.exhibit(table, {str(tables.CHAIRS.label): tables.CHAIRS}, says, number, is_ranking=True)


def people_trained(reading: Reading) -> PublicFigure:
    """Return the people trained in a year: the nation's starting point, the clusters' counts, the target."""
    title = str(TITLES["people-trained"])
    stated = list(
        StatedCount.objects.filter(
            subject=StatedSubject.TRAINED_A_YEAR,
            kind__in=[StatedKind.BASELINE, StatedKind.TARGET],
            clusters=None,
            value__isnull=False,
        ).exclude(origin=Origin.DEMONSTRATION)
    )
    intakes, made_up = Intake.objects.published(), Q(programme__origin=Origin.DEMONSTRATION)
    invented = people_by_year(intakes.filter(made_up))
    before = [_stated_row(one) for one in stated if one.kind == StatedKind.BASELINE]
    after = [_stated_row(one) for one in stated if one.kind == StatedKind.TARGET]
    exhibits = [_of_people(title, [*before, *_years_of(people_by_year(intakes.exclude(made_up))), *after])]
    if invented:
        exhibits.append(_of_people(title, _years_of(invented, made_up=True)))
    definition = _(
        "People in the training programmes of the clusters in an academic year, each counted once where clusters share a "
        "programme; beside them, where the nation starts from and what it wants to reach, as sources state it."
    )
    sources = [*dict.fromkeys(one.source for one in stated), in_cathedra()]
    records = (reverse("clusters:training_list"), _("All training programmes"))
    return PublicFigure("people-trained", definition, "people", exhibits, sources, records)


def _stated_row(one: StatedCount) -> Row:
    kind = _("Starting point") if one.kind == StatedKind.BASELINE else _("Target")
    name = f"{kind}, {partial_date(one.as_of)}" if one.as_of else kind
    return counted_row(name, {"people": one.value, "source": one.source})


def _years_of(found: dict[int, People], *, made_up: bool = False) -> list[Row]:
    return [
        counted_row(
            f"{year}–{year + 1}",
            {"people": people.enrolled, "continuing": people.continuing},
            made=made_up,
        )
        for year, people in sorted(found.items())
    ]


def _of_people(title: str, rows: list[Row]) -> Exhibit:
    columns = [tables.named(_("Year")), tables.PEOPLE, tables.CONTINUING, tables.SOURCE]
    says = _("People trained in an academic year, each counted once.")
    table = table_of("people", title, columns, rows)
    return charts.exhibit(table, {str(tables.PEOPLE.label): tables.PEOPLE}, says, number)


def start_ups(reading: Reading) -> PublicFigure:
    """Return the start-ups by year of foundation."""
    title = str(TITLES["start-ups"])
    found = start_ups_by_year()
    exhibits = [_of_start_ups(title, found, made_up) for made_up in (False, True)]
    definition = _(
        "Start-ups that research of the clusters led to, or that their incubators support, by the year in which they were "
        "founded; those of which nobody states the year stand apart."
    )
    shown = [exhibits[0], *(one for one in exhibits[1:] if one.table.rows)]
    records = (reverse("chairs:start_up_list"), _("All start-ups"))
    return PublicFigure("start-ups", definition, "start-ups", shown, [in_cathedra()], records)


def _of_start_ups(title: str, found: dict[int | None, StartUps], made_up: bool) -> Exhibit:
    counted = {year: _kept(one, made_up) for year, one in found.items()}
    years = [year for year, (total, _spin_offs) in counted.items() if year is not None and total]
    names: dict[int | None, str] = {year: str(year) for year in range(min(years), max(years) + 1)} if years else {}
    if counted.get(None, (0, 0))[0]:
        names[None] = _("Year not stated")
    there = reverse("chairs:start_up_list")
    rows = []
    for year, name in names.items():
        total, spin_offs = counted.get(year, (0, 0))
        url = f"{there}?founded={year or UNKNOWN}" if total else ""
        rows.append(counted_row(name, {"start_ups": total, "spin_offs": spin_offs}, made=made_up, url=url))
    whole = {column: sum(row.values[column] for row in rows) for column in ("start_ups", "spin_offs")}
    columns = [tables.named(_("Year")), tables.START_UPS, tables.SPIN_OFFS]
    table = table_of("start_ups", title, columns, rows, counted_row(_("Total"), whole, made=made_up) if rows else None)
    return charts.exhibit(table, {str(tables.START_UPS.label): tables.START_UPS}, "", number)


def _kept(one: StartUps, made_up: bool) -> Both:
    """Return the number of a year's start-ups that are real (or made up), and of those from research."""
    if made_up:
        return one.invented, one.invented_spin_offs
    return one.total - one.invented, one.spin_offs - one.invented_spin_offs
