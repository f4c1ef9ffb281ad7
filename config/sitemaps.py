"""sitemap.xml: every public page, in each language."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import Sitemap, views
from django.urls import reverse
from django.views.decorators.http import require_safe

from chairs.models import Chair
from chairs.views.people import publicly_named
from clusters.enums import Origin
from clusters.models import Cluster, Institution
from core.network import at_site_url
from partners.models import Partner

STANDING_PAGES = [
    "chairs:home",
    "chairs:list",
    "clusters:list",
    "chairs:person_list",
    "chairs:institution_list",
    "sponsorships:partner_list",
    "chairs:opportunities",
    "sponsorships:support",
    "figures:public",
    "accessibility",
    "privacy",
]


class SiteMap(Sitemap):
    """Public pages, each in every language. Demonstration records are made up: no search engine is told of them."""

    i18n = True
    alternates = True
    # Each is four addresses long: well below the protocol's 50,000, and quickly written.
    limit = 2000
    protocol = urlsplit(settings.SITE_URL).scheme

    def __init__(self, records=None):
        self.records = records

    def items(self):
        return self.records()

    def get_domain(self, site=None):
        return urlsplit(settings.SITE_URL).netloc


class StandingPages(SiteMap):
    def items(self):
        return STANDING_PAGES

    def location(self, item):
        return reverse(item)


class Partners(SiteMap):
    def location(self, item):
        return reverse("sponsorships:partner_detail", args=[item.slug])


def _real(records):
    return records.exclude(origin=Origin.DEMONSTRATION)


SITEMAPS = {
    "pages": StandingPages(),
    "clusters": SiteMap(lambda: Cluster.objects.order_by("pk")),
    "chairs": SiteMap(lambda: _real(Chair.objects.published()).select_related("cluster").order_by("pk")),
    "people": SiteMap(lambda: _real(publicly_named()).prefetch_related(None).order_by("pk")),
    "institutions": SiteMap(lambda: Institution.objects.order_by("pk")),
    "partners": Partners(lambda: _real(Partner.objects.named()).order_by("pk")),
}


@login_not_required
@require_safe
def sitemap_index(request):
    response = views.index(request, SITEMAPS, sitemap_url_name="sitemap_section")
    for section in response.context_data["sitemaps"]:
        section.location = at_site_url(section.location)
    return response


@login_not_required
@require_safe
def sitemap_section(request, section):
    return views.sitemap(request, SITEMAPS, section)
