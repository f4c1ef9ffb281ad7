from functools import update_wrapper

from django.apps import apps
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from config.library_urls import behind_sign_in
from core.admin import one_box
from core.admin.dashboard import what_waits
from core.admin.readers_queries import keep
from core.text import fold

# Views of Django's admin that are left out: passwords belong to the sign-in pages, and the redirect to a record's
# public page would reveal the URL of another cluster's draft.
CLOSED_DOORS = {"password_change", "password_change_done", "view_on_site"}
# The models that the global search looks through, in the order of the results.
SEARCHED = (
    "sponsorships.Sponsorship",
    "sponsorships.Agreement",
    "sponsorships.Instalment",
    "chairs.Chair",
    "clusters.Person",
    "partners.Partner",
    "partners.Contact",
    "clusters.Institution",
    "chairs.Activity",
    "chairs.StartUp",
)


class CathedraAdminSite(admin.AdminSite):
    """The staff's side of the site. It uses the public sign-in, so that there is one sign-in page with one policy."""

    site_header = _("Cathedra — staff")
    site_title = _("Cathedra")
    index_title = _("Chairs, people and sponsorships")
    enable_nav_sidebar = False
    empty_value_display = "—"

    def register(self, model_or_iterable, admin_class=None, **options):
        """Register only admins that restrict what each user sees (`ScopedAdmin`).

        Third-party apps register their own (groups, addresses, second factors, task results), which rely on Django's
        permissions. These decide nothing here, so such admins are ignored.
        """
        if getattr(admin_class, "is_scoped", False):
            super().register(model_or_iterable, admin_class, **options)

    def lets_in(self, user) -> bool:
        """Return whether the user is staff. Every page of a record asks."""
        from clusters.perms import is_member_of_staff  # the site is made before the models

        return is_member_of_staff(user)

    def keeps_wordings(self, user) -> bool:
        """Return whether the user may change the texts of mails."""
        from clusters.perms import can_keep_reference_data  # the site is made before the models

        return can_keep_reference_data(user)

    def reads_the_nation(self, user) -> bool:
        """Return whether the user sees all clusters, and the state of the site."""
        from figures.perms import can_read_the_nation  # the site is made before the models

        return can_read_the_nation(user)

    def reads_as(self, user) -> tuple:
        """Return a key of everything that decides what a user may read: their account, roles, stand-in, and the day."""
        from clusters.scopes import clusters_of  # the site is made before the models

        scope = clusters_of(user)
        acts_for = getattr(getattr(user, "acts_for", None), "pk", None)
        return (
            user.pk,
            acts_for,
            scope.has_delegated,
            user.is_superuser,
            frozenset(scope.roles.items()),
            scope.national,
            timezone.localdate(),
        )

    def get_urls(self):
        """Return the URLs of the panel. Those of whole lists come before each record's own."""
        from core.admin.list_urls import list_urls  # the site is made before the models

        search = path("search/", self.admin_view(self.search_view), name="search")
        own = super().get_urls()
        urls = [search, *list_urls(self), *(url for url in own if getattr(url, "name", None) not in CLOSED_DOORS)]
        return behind_sign_in(urls)

    def admin_view(self, view, cacheable=False):
        """Respond with 403 to a signed-in user who is not staff; redirecting them to sign in would make a loop."""
        guarded = super().admin_view(view, cacheable)

        def inner(request, *args, **kwargs):
            if request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied
            return guarded(request, *args, **kwargs)

        return update_wrapper(inner, guarded)

    def search_view(self, request):
        """Search the records that the user may see."""
        text = request.GET.get("q", "").strip()
        found = one_box.find(self, request, SEARCHED, text)
        context = {**self.each_context(request), "title": _t("Search"), "box_text": text, "groups": found}
        return TemplateResponse(request, "admin/search.html", context)

    def autocomplete_view(self, request):
        from core.admin.autocomplete import ScopedAutocomplete  # the site is made before the models

        return ScopedAutocomplete.as_view(admin_site=self)(request)

    def each_context(self, request):
        """Return the context of every page. Unlike Django's, it has no list of apps, which only the front page needs (`index`)."""
        return {
            "site_title": self.site_title,
            "site_header": self.site_header,
            "site_url": self.site_url,
            "has_permission": self.has_permission(request),
            "is_popup": False,
            # Django's sidebar is off: it checks every permission again, and keeps its state by a script.
            "is_nav_sidebar_enabled": self.enable_nav_sidebar,
        }

    def get_app_list(self, request, app_label=None):
        """Return the apps with their models in alphabetical order, with É beside E.

        The result depends on roles, so it is cached per reader and language.
        """
        name = self.reads_as(request.user), get_language(), "subjects", app_label
        return keep(name, lambda: self._subjects(request, app_label))

    def _subjects(self, request, app_label) -> list[dict]:
        subjects = super().get_app_list(request, app_label)
        for subject in subjects:
            for model in subject["models"]:
                model["name"] = str(model["name"])
            subject["name"] = str(subject["name"])
            subject["models"].sort(key=lambda model: fold(model["name"]))
        return sorted(subjects, key=lambda subject: fold(subject["name"]))

    def app_index(self, request, app_label, extra_context=None):
        """Show an app's page, titled by the app's name."""
        title = apps.get_app_config(app_label).verbose_name
        return super().app_index(request, app_label, {"title": title, **(extra_context or {})})

    def index(self, request, extra_context=None):
        """Show the front page, beginning with what waits for the user; each admin says what may wait (`ScopedAdmin.waits`)."""
        waits = [wait for page in self._registry.values() for wait in page.waits(request.user)]
        waiting = what_waits(request, self.reads_as(request.user), waits)
        desk = {
            "is_desk": True,
            "keeps_wordings": self.keeps_wordings(request.user),
            "asked": [item for item in waiting if item.is_asked],
            "in_view": [item for item in waiting if not item.is_asked],
        }
        return super().index(request, {**desk, **(extra_context or {})})
