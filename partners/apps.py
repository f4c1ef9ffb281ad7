from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnersConfig(AppConfig):
    name = "partners"
    verbose_name = _("Partners")

    def ready(self):
        # Those that listen to the verbs; what is kept comes before what is told of it.
        from partners import mails, remarks, submissions  # noqa: F401
