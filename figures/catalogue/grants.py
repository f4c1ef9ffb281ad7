"""Public figures of what the State grants: the grants, and their places on a map."""

from django.conf import settings
from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chairs.models import Chair
from clusters.enums import Origin
from clusters.models import Cluster
from core.money import euros
from figures import charts, tables
from figures.catalogue.figure import TITLES, PublicFigure, Reading, counted_row, in_cathedra, table_of
from figures.charts import Exhibit
from figures.enums import Made, Measure
from figures.formatting import short_euros
from figures.maps import Place, france, is_of_france
from figures.pages import Part
from figures.sums import Figures
from figures.tables import Row, Table, of_measure
from sponsorships.accounting.sums import ZERO


def grants(reading: Reading) -> PublicFigure:
    """Return the grants of the clusters, and their sum."""
    title = str(TITLES["grants"])
    clusters = sorted(reading.clusters, key=lambda one: (-one.public_grant, str(one)))
    rows = [
        counted_row(
            str(one),
            {"public_grant": one.public_grant, "source": one.public_grant_source},
            url=one.get_absolute_url(),
        )
        for one in clusters
    ]
    total = sum((one.public_grant for one in clusters), ZERO)
    name = ngettext("%(number)d cluster", "%(number)d clusters", len(clusters)) % {"number": len(clusters)}
    foot = counted_row(name, {"public_grant": total})
    columns = [tables.named(_("Cluster")), tables.GRANT, tables.SOURCE]
    table = table_of("grants", title, columns, rows, foot)
    told = {"total": euros(total), "programme": settings.PROGRAMME.funding}
    says = _("Awarded by the State for the whole duration (%(programme)s): %(total)s in all.") % told
    shown = charts.exhibit(table, {str(tables.GRANT.label): tables.GRANT}, says, is_ranking=True)
    sources = list(dict.fromkeys(one.public_grant_source for one in clusters))
    definition = _("What the State awards to each cluster for its whole duration, as a source states it, in euros.")
    return PublicFigure("grants", definition, "EUR", [shown], sources)


def on_the_map(reading: Reading) -> PublicFigure:
    """Return each cluster at its city: the grant, what partners agreed to add, and its chairs."""
    title = str(TITLES["map"])
    counted = dict(_chairs_by_cluster())
    exhibits = [_map(title, part, reading.clusters, counted) for part in reading.parts]
    definition = _(
        "Each cluster at its city: its public grant, the cash that partners agreed as far as they publish it, "
        "and its public chairs, past ones included."
    )
    sources = [*dict.fromkeys(one.public_grant_source for one in reading.clusters), in_cathedra()]
    return PublicFigure("map", definition, "EUR", exhibits, sources)


def _chairs_by_cluster():
    """Yield each cluster's key with its public chairs: real and made-up ones."""
    made_up = Q(origin=Origin.DEMONSTRATION)
    counts = {"real": Count("pk", filter=~made_up), "invented": Count("pk", filter=made_up)}
    rows = Chair.objects.published().order_by().values("cluster").annotate(**counts)
    for cluster, real, invented in rows.values_list("cluster", "real", "invented"):
        yield cluster, (real, invented)


def _map(title: str, part: Part, clusters: list[Cluster], counted: dict) -> Exhibit:
    made_up = part.code == "demonstration"
    money = {row.url: row for row in part.leverage.table.rows}
    rows, places = [], []
    for one in clusters:
        row, chairs = money[one.get_absolute_url()], counted.get(one.pk, (0, 0))[made_up]
        values = {"public_grant": None if made_up else one.public_grant, "chairs": chairs}
        figures = row.figures or Figures()
        rows.append(Row(str(one), figures, values, row.query, row.url, Made.YES if made_up else Made.NO))
        size = figures[Measure.AGREED] if made_up else one.public_grant
        if one.latitude is not None and one.longitude is not None and (size or chairs):
            said = ngettext("%(number)d chair", "%(number)d chairs", chairs) % {"number": chairs}
            places.append(
                Place(
                    str(one),
                    f"{short_euros(float(size))} · {said}",
                    float(one.latitude),
                    float(one.longitude),
                    float(size),
                )
            )
    rows.sort(key=lambda one: (-(one.values["public_grant"] or one.figures[Measure.AGREED]), one.name))
    table = _table(title, part, rows)
    says = _("The larger the circle, the larger the grant.")
    if made_up:
        says = _("The larger the circle, the more made-up money partners agreed.")
    in_words = charts.values_in_words(rows, {str(one.label): one for one in table.shown[1:]})
    drawn = france(title, " ".join([says, *in_words]), places)
    # Outside France there is no map, only the table: leave out the sentence on circles.
    return Exhibit(table, drawn, says if drawn or not is_of_france() else "")


def _table(title: str, part: Part, rows: list[Row]) -> Table:
    foot = part.leverage.table.foot
    total = {name: sum(row.values[name] or 0 for row in rows) for name in ("public_grant", "chairs")}
    columns = [tables.named(_("Cluster")), tables.GRANT, tables.CHAIRS, of_measure(Measure.AGREED)]
    whole = Row(
        foot.name, foot.figures, total | {"public_grant": total["public_grant"] or None}, foot.query, "", foot.made
    )
    return Table("map", title, columns, rows, part.leverage.table.entries_url, foot=whole)
