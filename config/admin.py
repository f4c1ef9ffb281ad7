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

# Doors that Django's panel opens beside ours: passwords are the sign-in's affair, and the redirector to any
# record's public page would tell the address of another cluster's draft.
CLOSED_DOORS = {"password_change", "password_change_done", "view_on_site"}
# What the one box looks through, in the order in which it shows what it finds.
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
    """The staff's side. It shares the public sign-in, so that there is one door and one policy."""

    site_header = _("Cathedra — staff")
    site_title = _("Cathedra")
    index_title = _("Chairs, people and sponsorships")
    enable_nav_sidebar = False
    empty_value_display = "—"

    def register(self, model_or_iterable, admin_class=None, **options):
        """Take only pages that know who may see what (`ScopedAdmin`).

        The packages we stand on bring pages of their own (groups, addresses, second factors, task results) that ask
        Django's permissions, which decide nothing here: the panel does without them.
        """
        if getattr(admin_class, "is_scoped", False):
            super().register(model_or_iterable, admin_class, **options)

    def lets_in(self, user) -> bool:
        """Whether the panel has anything for this person: every page of a record asks."""
        from clusters.perms import is_member_of_staff  # the site is made before the models

        return is_member_of_staff(user)

    def keeps_wordings(self, user) -> bool:
        """Whether the words of mails are this person's to change."""
        from clusters.perms import can_keep_reference_data  # the site is made before the models

        return can_keep_reference_data(user)

    def reads_the_nation(self, user) -> bool:
        """Whether this person sees all clusters, and how the site does."""
        from figures.perms import can_read_the_nation  # the site is made before the models

        return can_read_the_nation(user)

    def reads_as(self, user) -> tuple:
        """Return what decides on what a person may read: who they are, their roles, and the day."""
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
        """Return the addresses of the panel: those about whole lists stand before each record's own."""
        from core.admin.list_urls import list_urls  # the site is made before the models

        search = path("search/", self.admin_view(self.search_view), name="search")
        own = super().get_urls()
        urls = [search, *list_urls(self), *(url for url in own if getattr(url, "name", None) not in CLOSED_DOORS)]
        return behind_sign_in(urls)

    def admin_view(self, view, cacheable=False):
        """Refuse a signed-in visitor who is not staff: sending them to sign in again would lead them round in circles."""
        guarded = super().admin_view(view, cacheable)

        def inner(request, *args, **kwargs):
            if request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied
            return guarded(request, *args, **kwargs)

        return update_wrapper(inner, guarded)

    def search_view(self, request):
        """Search all that the reader may see."""
        text = request.GET.get("q", "").strip()
        found = one_box.find(self, request, SEARCHED, text)
        context = {**self.each_context(request), "title": _t("Search"), "box_text": text, "groups": found}
        return TemplateResponse(request, "admin/search.html", context)

    def autocomplete_view(self, request):
        from core.admin.autocomplete import ScopedAutocomplete  # the site is made before the models

        return ScopedAutocomplete.as_view(admin_site=self)(request)

    def each_context(self, request):
        """Return what every page says of the site; only the front page lists all that there is (`index`)."""
        return {
            "site_title": self.site_title,
            "site_header": self.site_header,
            "site_url": self.site_url,
            "has_permission": self.has_permission(request),
            "is_popup": False,
            # Django's own is not: it asks for every permission again, and keeps its state by a script.
            "is_nav_sidebar_enabled": self.enable_nav_sidebar,
        }

    def get_app_list(self, request, app_label=None):
        """Return the subjects in the order of the reader's alphabet, in which É is no letter after Z.

        Roles decide what stands in them, so that they are found once for each reader and language.
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
        """A subject's page is called by its subject."""
        title = apps.get_app_config(app_label).verbose_name
        return super().app_index(request, app_label, {"title": title, **(extra_context or {})})

    def index(self, request, extra_context=None):
        """Begin with what waits for this person; each record's admin says what may (`ScopedAdmin.waits`)."""
        waits = [wait for page in self._registry.values() for wait in page.waits(request.user)]
        waiting = what_waits(self.reads_as(request.user), waits)
        desk = {
            "is_desk": True,
            "keeps_wordings": self.keeps_wordings(request.user),
            "asked": [item for item in waiting if item.is_asked],
            "in_view": [item for item in waiting if not item.is_asked],
        }
        return super().index(request, {**desk, **(extra_context or {})})
