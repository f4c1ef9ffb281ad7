"""Files that programs request before they look at a site's pages: robots.txt and security.txt."""

from datetime import UTC, timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

# Personal pages, and the endless combinations of list filters: the sitemap names every record without them.
NOT_FOR_ROBOTS = ["/admin/", "/i18n/", "/*/accounts/", "/*/my/", "/*/consent/", "/*/fund/", "/*?"]
# RFC 9116 asks for less than a year. The date is computed at each request, so it is never in the past.
SECURITY_TEXT_LASTS = timedelta(days=90)


@login_not_required
@require_safe
def robots_txt(request):
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS)]
    return _text([*lines, "", f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}"])


@login_not_required
@require_safe
def security_txt(request):
    """Return where to report a vulnerability (RFC 9116)."""
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
