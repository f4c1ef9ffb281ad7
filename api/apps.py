from functools import partial

from django.apps import AppConfig

from core import data_version


class ApiConfig(AppConfig):
    name = "api"

    def ready(self):
        from api.deletion import Keeper
        from api.publication import moments, source_of
        from api.service import RESOURCES
        from lists.catalogue import PUBLIC_LISTS

        for resource in RESOURCES:
            data_version.tell(source_of(resource), resource.told_by)
            if resource.name in PUBLIC_LISTS:
                PUBLIC_LISTS[resource.name].moments = partial(moments, resource)
        self.keeper = Keeper(RESOURCES)
        self.keeper.connect()
