from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig

from config import date_formats
from core import data_version


class CathedraConfig(AppConfig):
    name = "config"

    def ready(self):
        from config import public_data

        date_formats.teach_ordinals()
        data_version.watch(public_data.watched_tables())


class CathedraAdminConfig(AdminConfig):
    default_site = "config.admin.CathedraAdminSite"
