from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgressConfig(AppConfig):
    name = "progress"
    verbose_name = _("Reports of progress")

    def ready(self):
        from progress import verbs as report_verbs  # noqa: F401
