from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class YearlyConfig(AppConfig):
    name = "yearly"
    verbose_name = _("Yearly reports")

    def ready(self):
        from transparency.leaves import keep_in_the_log
        from yearly import logged
        from yearly import verbs as report_verbs  # noqa: F401

        keep_in_the_log(logged.REPORT, logged.reports)
