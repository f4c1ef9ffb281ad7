from allauth.urls import urlpatterns as allauth_pages
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from api import open_data
from api.views import documentation
from chairs.views.chairs import short_link
from config import sitemaps, style_guide, views, well_known
from config.library_urls import behind_sign_in
from core.views.stop_letters import stop_letters

# The names of the pages that must work without being signed in.
PUBLIC_SIGN_IN_PAGES = {
    "account_login",
    "account_request_login_code",
    "account_confirm_login_code",
    "mfa_authenticate",
    "account_signup",
    "account_email_verification_sent",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_inactive",
    "account_logout",
}
# The library's pages for social sign-in. Ours have their own URLs, if a provider is configured.
OTHER_SIGN_INS = ("3rdparty/", "social/")
allauth_pages = [pattern for pattern in allauth_pages if not str(pattern.pattern).startswith(OTHER_SIGN_INS)]

# First, because most requests are for one of them; no other path begins with a language.
urlpatterns = i18n_patterns(
    path("accounts/", include("accounts.urls")),
    path("accounts/", include(behind_sign_in(allauth_pages, PUBLIC_SIGN_IN_PAGES))),
    # Before the clusters, whose pattern would match one of its URLs.
    path("", include("chairs.urls")),
    path("", include("transparency.urls")),
    path("", include("clusters.urls")),
    path("", include("collaborations.urls")),
    path("", include("lists.urls")),
    path("", include("partners.urls")),
    path("", include("sponsorships.urls")),
    path("", include("conversations.urls")),
    path("", include("progress.urls")),
    path("", include("figures.urls")),
    path("", include("yearly.urls")),
    path("", include("rights.urls")),
    path("", include("portal.urls")),
    path("data/", documentation, name="data"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("style/", style_guide.style, name="style"),
    path("privacy/", views.privacy, name="privacy"),
    path("legal/", views.legal, name="legal"),
    path("eco-design/", views.eco_design, name="eco_design"),
)

urlpatterns += [
    path("", include("desk.urls")),
    path("", include("transparency.urls_machines")),
    path("robots.txt", well_known.robots_txt, name="robots_txt"),
    path("sitemap.xml", sitemaps.sitemap_index, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemaps.sitemap_section, name="sitemap_section"),
    path(".well-known/security.txt", well_known.security_txt, name="security_txt"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("letters/stop/<str:token>/", stop_letters, name="stop_letters"),
    path("api/", include("api.urls")),
    path("data/cathedra.zip", open_data.zip_file, name="open_data_zip"),
    path("data/catalogue.jsonld", open_data.catalogue, name="open_data_catalogue"),
    path("c/<int:pk>", short_link, name="short_link"),
    path("photographs/", include("rights.urls_photographs")),
    path("i18n/setlang/", views.set_language, name="set_language"),
    path("admin/login/", views.admin_login, name="admin_login"),
    path("admin/audit/", include("audit.urls_admin")),
    path("admin/state/", include("config.operations.urls")),
    path("admin/figures/", include("figures.urls_admin")),
    path("admin/desk/", include("desk.urls_admin")),
    path("admin/mails/", include("clusters.urls_mails")),
    path("admin/team/", include("clusters.urls_admin")),
    path("admin/people/", include("rights.urls_admin")),
    path("admin/", admin.site.urls),
]

if settings.IDENTITY_PROVIDERS:
    from accounts.identities.urls import without_language

    urlpatterns.append(path("accounts/", include(without_language)))

handler400 = "config.views.bad_request"
handler403 = "config.views.permission_denied"
handler404 = "config.views.page_not_found"
handler500 = "config.views.server_error"
