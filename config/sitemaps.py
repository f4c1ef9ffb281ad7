"""sitemap.xml: every public page, in each language, in files that cost the same however many records there are.

A file lists the public ones among RANGE keys of a table, so that it is one walk over an index; what the index of the
files says is the key of the last public record of each table. Nothing is counted, and no record is fetched whole.
"""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from chairs.models import Chair, Output, StartUp
from chairs.views.people import is_publicly_named
from clusters.enums import Origin
from clusters.models import Cluster, Institution, Person, TrainingProgramme
from collaborations.models import Collaboration
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
]
# Keys of a file. Each record is four addresses long in each language: some 600 kB.
RANGE = 500
# Stand for a record's slugs while an address is made once for all of them.
PLACES = ("--0--", "--1--")
XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
INDEX = XML + '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{}\n</sitemapindex>\n'
FILE = XML + (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
    "{}\n</urlset>\n"
)


class Section:
    """The pages of one kind of record: the view, the fields that its address is made of, and the public records."""

    def __init__(self, view: str, slugs: tuple[str, ...], records: Callable[[], QuerySet]):
        self.view, self.places = view, PLACES[: len(slugs)]
        self.last = Prepared(lambda: records().order_by("-pk").values_list("pk", flat=True)[:1])
        within = {"pk__gte": Argument("first"), "pk__lt": Argument("end")}
        self.within = Prepared(lambda: records().filter(**within).order_by("pk").values_list(*slugs))

    def number_of_files(self) -> int:
        """Return the number of files that lead to the last record; at least one, so that a section is never missing."""
        last = self.last()
        return last[0] // RANGE + 1 if last else 1

    def entries(self, number: int) -> str:
        found = self.within(first=(number - 1) * RANGE, end=number * RANGE)
        form = _entry(self.view, self.places)
        return "".join(_written(form, slugs) for slugs in found)


class StandingPages:
    """The pages that are there whatever the records."""

    def number_of_files(self) -> int:
        return 1

    def entries(self, number: int) -> str:
        if number != 1:
            return ""
        figures = (_entry("figures:figure", (slug,)) for slug in FIGURES)
        return "".join([*(_entry(view) for view in STANDING_PAGES), *figures])


def _real(records: QuerySet) -> QuerySet:
    """Return records without those made up for a demonstration: no search engine is told of them."""
    return records.exclude(origin=Origin.DEMONSTRATION)


def _chairs_with_outputs() -> QuerySet:
    return Chair.objects.published().filter(Exists(Output.objects.confirmed().filter(chair=OuterRef("pk"))))


SECTIONS = {
    "pages": StandingPages(),
    "clusters": Section("clusters:detail", ("slug",), Cluster.objects.all),
    "chairs": Section("chairs:detail", ("cluster__slug", "slug"), lambda: _real(Chair.objects.published())),
    "outputs": Section("chairs:chair_output_list", ("cluster__slug", "slug"), lambda: _real(_chairs_with_outputs())),
    "training": Section("clusters:training_detail", ("slug",), lambda: _real(TrainingProgramme.objects.published())),
    "people": Section("chairs:person_detail", ("slug",), lambda: _real(Person.objects.filter(is_publicly_named()))),
    "startups": Section("chairs:start_up_detail", ("slug",), lambda: _real(StartUp.objects.published())),
    "institutions": Section("chairs:institution_detail", ("slug",), Institution.objects.all),
    "collaborations": Section("collaborations:detail", ("slug",), lambda: _real(Collaboration.objects.published())),
    "partners": Section("sponsorships:partner_detail", ("slug",), lambda: _real(Partner.objects.named())),
}


@login_not_required
@require_safe
def sitemap_index(request):
    files = [
        f"<sitemap><loc>{settings.SITE_URL}{_address(name, number)}</loc></sitemap>"
        for name, section in SECTIONS.items()
        for number in range(1, section.number_of_files() + 1)
    ]
    return _xml(INDEX.format("".join(files)))


@login_not_required
@require_safe
def sitemap_section(request, section):
    """Return one file: “chairs” is the first of the chairs', “chairs-2” the second. A file beyond the last is empty."""
    name, dash, number = section.partition("-")
    if name not in SECTIONS or (dash and not (is_key(number) and int(number) > 1)):
        raise Http404
    return _xml(FILE.format(SECTIONS[name].entries(int(number or 1))))


def _address(name: str, number: int) -> str:
    # In the path: robots keep out of addresses with a query.
    return reverse("sitemap_section", args=[name if number == 1 else f"{name}-{number}"])


def _entry(view: str, slugs: tuple[str, ...] = ()) -> str:
    """Return what a file says of a page: its address in each language, and with each the same page in all of them."""
    addresses = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            addresses[language] = settings.SITE_URL + reverse(view, args=slugs)
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{language}" href="{address}"/>'
        for language, address in addresses.items()
    )
    return "".join(f"<url><loc>{address}</loc>{others}</url>" for address in addresses.values())


def _written(form: str, slugs: tuple[str, ...]) -> str:
    """Return the entry of a record. A slug has neither a letter that XML nor one that an address writes otherwise."""
    for place, slug in zip(PLACES, slugs, strict=False):
        form = form.replace(place, slug)
    return form


def _xml(text: str) -> HttpResponse:
    # The files are for finding pages by, and no page themselves.
    return HttpResponse(text, content_type="application/xml", headers={"X-Robots-Tag": "noindex, noodp, noarchive"})
