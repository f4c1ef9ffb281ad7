from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChairsConfig(AppConfig):
    name = "chairs"
    verbose_name = _("Chairs")

    def ready(self):
        from chairs import signals, verbs, watch  # noqa: F401 - every verb is declared before a page asks for them
        from chairs.consent import listening

        signals.connect(app=self)
        watch.connect()
        listening.connect()
