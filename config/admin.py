from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class CathedraAdminSite(admin.AdminSite):
    """The staff's side. It shares the public sign-in, so that there is one door and one policy."""

    site_header = _("Cathedra — staff")
    site_title = _("Cathedra")
    index_title = _("Chairs, people and sponsorships")
    enable_nav_sidebar = False
