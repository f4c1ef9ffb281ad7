from django.contrib.admin.apps import AdminConfig


class CathedraAdminConfig(AdminConfig):
    default_site = "config.admin.CathedraAdminSite"
