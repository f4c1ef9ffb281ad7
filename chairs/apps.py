from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChairsConfig(AppConfig):
    name = "chairs"
    verbose_name = _("Chairs")

    def ready(self):
        from chairs import mails, signals, watch  # noqa: F401 - mails listens to the verbs
        from chairs.consent import listening

        signals.connect(app=self)
        watch.connect()
        listening.connect()
