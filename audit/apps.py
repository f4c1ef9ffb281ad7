from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    """It has no table of its own."""

    name = "audit"
    verbose_name = _("Audit")
