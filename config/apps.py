from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig

from config import dates


class CathedraConfig(AppConfig):
    name = "config"

    def ready(self):
        dates.teach_ordinals()


class CathedraAdminConfig(AdminConfig):
    default_site = "config.admin.CathedraAdminSite"
