"""sitemap.xml: every public page in each language, in files whose cost does not grow with the number of records.

A file lists the public records among RANGE keys of a table, by one index scan. The index of the files needs only the
key of each table's last public record. Nothing is counted, and no whole record is fetched.

`lastmod` is when the public data of a page's record changed, as the API recorded it (api/publication.py), so private
changes do not show. It is missing for records not yet recorded and for the standing pages.
"""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import CharField, Exists, OuterRef, QuerySet, Subquery
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe
from modeltranslation.manager import MultilingualQuerySet

from api.models import PublicRecord
from api.publication import time_of
from chairs.models import Chair, Output, StartUp
from chairs.views.people import is_publicly_named
from clusters.enums import Origin
from clusters.models import Cluster, Institution, Person, TrainingProgramme
from clusters.origins import tells_made_up
from collaborations.models import Collaboration
from core.kept_parts import kept_part
from core.linked_data import identity
from core.prepared import Argument, Prepared
from core.primary_keys import is_key
from figures.catalogue.registry import FIGURES
from partners.models import Partner

STANDING_PAGES = [
    "chairs:home",
    "chairs:list",
    "clusters:list",
    "chairs:compare_clusters",
    "clusters:training_list",
    "chairs:person_list",
    "chairs:institution_list",
    "sponsorships:partner_list",
    "chairs:opportunities",
    "chairs:output_list",
    "collaborations:list",
    "chairs:start_up_list",
    "sponsorships:support",
    "figures:public",
    "data",
    "transparency:log",
    "accessibility",
    "privacy",
    "legal",
    "eco_design",
]
# Keys per file. A record has four addresses in each language, so a file takes some 700 kB.
RANGE = 500
# Placeholders for a record's slugs, which follow each other in every URL, in an entry that is built once for all records,
# and for the date of its change.
PLACES = ("--0--", "--1--")
WHEN = "<lastmod/>"
XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
INDEX = XML + '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{}\n</sitemapindex>\n'
FILE = XML + (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
    "{}\n</urlset>\n"
)


class Section:
    """The pages of one kind of record: the view, the fields of its URL, and the public records.

    `resource` is the API's name for them, or a function that returns the rows recorded for a record's page.
    """

    def __init__(
        self,
        view: str,
        slugs: tuple[str, ...],
        records: Callable[[], QuerySet],
        resource: str | Callable[[], QuerySet],
    ):
        self.view, self.places = view, PLACES[: len(slugs)]
        # Without a kept plan: PostgreSQL finds the last key fastest if it plans with the value, which excludes few or no rows.
        self.last = Prepared(lambda: records().order_by("-pk").values_list("pk", flat=True)[:1], keeps_plan=False)
        within = {"pk__gte": Argument("first"), "pk__lt": Argument("end")}

        def rows() -> QuerySet:
            noted = _noted(resource) if isinstance(resource, str) else resource()
            found = records().filter(**within).order_by("pk")
            # Slugs are not translated. With its rewriting on, modeltranslation would build two dictionaries for each row.
            found = found.rewrite(False) if isinstance(found, MultilingualQuerySet) else found
            return found.values_list(*slugs, Subquery(noted.values("changed")[:1]))

        self.within = Prepared(rows)

    def number_of_files(self) -> int:
        """Return the number of files up to the last record; at least one, so that no section is missing."""
        last = self.last(left_out=_left_out())
        return last[0] // RANGE + 1 if last else 1

    def entries(self, number: int) -> str:
        found = self.within(first=(number - 1) * RANGE, end=number * RANGE, left_out=_left_out())
        # Slugs need no escaping in XML or URLs. To join is many times faster than to format so long a text.
        pieces = [piece.split("/".join(self.places)) for piece in _entry(self.view, self.places).split(WHEN)]
        return "".join(_when(changed).join(map("/".join(slugs).join, pieces)) for *slugs, changed in found)


class StandingPages:
    """The pages that do not depend on records."""

    def number_of_files(self) -> int:
        return 1

    def entries(self, number: int) -> str:
        if number != 1:
            return ""
        figures = (_entry("figures:figure", (slug,)) for slug in FIGURES)
        return "".join([*(_entry(view) for view in STANDING_PAGES), *figures]).replace(WHEN, "")


def _real(records: QuerySet) -> QuerySet:
    """Return the records without demonstration data, unless the whole site is a demonstration."""
    return records.exclude(origin=Argument("left_out", CharField()))


def _left_out() -> str:
    return "" if tells_made_up() else Origin.DEMONSTRATION


def _noted(resource: str) -> QuerySet:
    return PublicRecord.objects.filter(resource=resource, record=OuterRef("pk"), reason="")


def _noted_outputs() -> QuerySet:
    """Return what the API recorded of a chair's outputs, the latest first."""
    outputs = Output.objects.confirmed().filter(chair=OuterRef(OuterRef("pk"))).order_by().values("pk")
    return PublicRecord.objects.filter(resource="outputs", record__in=outputs, reason="").order_by("-changed")


def _chairs_with_outputs() -> QuerySet:
    return Chair.objects.published().filter(Exists(Output.objects.confirmed().filter(chair=OuterRef("pk"))))


NAMED = ("slug",)
IN_CLUSTER = ("cluster__slug", "slug")
SECTIONS = {
    "pages": StandingPages(),
    "clusters": Section("clusters:detail", NAMED, Cluster.objects.all, "clusters"),
    "chairs": Section("chairs:detail", IN_CLUSTER, lambda: _real(Chair.objects.published()), "chairs"),
    "outputs": Section("chairs:chair_output_list", IN_CLUSTER, lambda: _real(_chairs_with_outputs()), _noted_outputs),
    "training": Section(
        "clusters:training_detail", NAMED, lambda: _real(TrainingProgramme.objects.published()), "training"
    ),
    "people": Section(
        "chairs:person_detail", NAMED, lambda: _real(Person.objects.filter(is_publicly_named())), "people"
    ),
    "startups": Section("chairs:start_up_detail", NAMED, lambda: _real(StartUp.objects.published()), "start-ups"),
    "institutions": Section(
        "chairs:institution_detail", NAMED, lambda: _real(Institution.objects.all()), "institutions"
    ),
    "collaborations": Section(
        "collaborations:detail", NAMED, lambda: _real(Collaboration.objects.published()), "collaborations"
    ),
    "partners": Section("sponsorships:partner_detail", NAMED, lambda: _real(Partner.objects.named()), "partners"),
}


@login_not_required
@require_safe
def sitemap_index(request):
    """Return the addresses of all files; kept until a record is written, since each table is asked for its last one."""
    return _xml(kept_part("sitemap", _index))


def _index() -> str:
    files = [
        f"<sitemap><loc>{settings.SITE_URL}{_address(name, number)}</loc></sitemap>"
        for name, section in SECTIONS.items()
        for number in range(1, section.number_of_files() + 1)
    ]
    return INDEX.format("".join(files))


@login_not_required
@require_safe
def sitemap_section(request, section):
    """Return one file: “chairs” is the first file of chairs, “chairs-2” the second. A file beyond the last is empty."""
    name, dash, number = section.partition("-")
    if name not in SECTIONS or (dash and not (is_key(number) and int(number) > 1)):
        raise Http404
    return _xml(FILE.format(SECTIONS[name].entries(int(number or 1))))


def _address(name: str, number: int) -> str:
    # In the path, because robots.txt excludes URLs with a query.
    return reverse("sitemap_section", args=[name if number == 1 else f"{name}-{number}"])


def _entry(view: str, slugs: tuple[str, ...] = ()) -> str:
    """Return the entries of a page: its URL in each language, each with its alternates in all languages and the neutral one."""
    addresses = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            addresses[language] = settings.SITE_URL + reverse(view, args=slugs)
    anybody = identity(reverse(view, args=slugs))
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{language}" href="{address}"/>'
        for language, address in {**addresses, "x-default": anybody}.items()
    )
    return "".join(f"<url><loc>{address}</loc>{WHEN}{others}</url>" for address in addresses.values())


def _when(changed: int | None) -> str:
    return f"<lastmod>{time_of(changed):%Y-%m-%dT%H:%M:%SZ}</lastmod>" if changed else ""


def _xml(text: str) -> HttpResponse:
    # The files help to find pages, and are no search results themselves.
    return HttpResponse(text, content_type="application/xml", headers={"X-Robots-Tag": "noindex, noodp, noarchive"})
