from django.apps import AppConfig

from core import data_version


class ApiConfig(AppConfig):
    name = "api"

    def ready(self):
        from api.publication import source_of
        from api.service import RESOURCES

        for resource in RESOURCES:
            data_version.tell(source_of(resource), resource.told_by)
