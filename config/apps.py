from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.core import checks

from config import date_formats, elision
from core import data_version


class CathedraConfig(AppConfig):
    name = "config"

    def ready(self):
        from config import file_storages, legal_notice, public_data

        date_formats.teach_ordinals()
        elision.teach_elision()
        checks.register(legal_notice.check_legal_notice, checks.Tags.security, deploy=True)
        checks.register(file_storages.check_files, "files", deploy=True)
        data_version.watch(public_data.watched_tables())


class CathedraAdminConfig(AdminConfig):
    default_site = "config.admin.CathedraAdminSite"
