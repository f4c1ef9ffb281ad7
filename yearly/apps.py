from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class YearlyConfig(AppConfig):
    name = "yearly"
    verbose_name = _("Yearly reports")

    def ready(self):
        from yearly import verbs as report_verbs  # noqa: F401
