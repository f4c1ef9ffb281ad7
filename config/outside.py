"""What programs ask of a site before they look at its pages: robots.txt, sitemap.xml, security.txt."""

from datetime import UTC, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import Sitemap, views
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.network import at_site_url
from chairs.models import Chair
from chairs.views.people import publicly_named
from clusters.enums import Origin
from clusters.models import Cluster, Institution
from partners.models import Partner

# Pages of one person, and the lists' endless combinations: the sitemap names every record without them.
NOT_FOR_ROBOTS = ["/admin/", "/i18n/", "/*/accounts/", "/*/my/", "/*/consent/", "/*/fund/", "/*?"]
STANDING_PAGES = [
    "home",
    "chair_list",
    "cluster_list",
    "person_list",
    "institution_list",
    "partner_list",
    "opportunity_list",
    "support",
    "figures",
    "accessibility",
    "privacy",
]
# RFC 9116 asks for less than a year. The date is computed at each request, so it never passes.
SECURITY_TEXT_LASTS = timedelta(days=90)


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
        return reverse("partner_detail", args=[item.slug])


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


@login_not_required
@require_safe
def robots_txt(request):
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS)]
    return _text([*lines, "", f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}"])


@login_not_required
@require_safe
def security_txt(request):
    """Where to report a weakness (RFC 9116)."""
    expires = (timezone.now() + SECURITY_TEXT_LASTS).astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return _text(
        [
            f"Contact: {settings.SECURITY_CONTACT}",
            f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
            f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
            f"Canonical: {settings.SITE_URL}{reverse('security_txt')}",
        ]
    )


def _text(lines: list[str]) -> HttpResponse:
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
