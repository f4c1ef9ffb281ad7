from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CollaborationsConfig(AppConfig):
    name = "collaborations"
    verbose_name = _("Collaborations")

    def ready(self):
        from chairs.imports.programme import join_programme
        from collaborations.imports import KIND, load_collaborations

        join_programme(KIND, load_collaborations, _("collaborations"))
