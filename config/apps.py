from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig

from config import date_formats


class CathedraConfig(AppConfig):
    name = "config"

    def ready(self):
        date_formats.teach_ordinals()


class CathedraAdminConfig(AdminConfig):
    default_site = "config.admin.CathedraAdminSite"
