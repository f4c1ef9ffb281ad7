from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChairsConfig(AppConfig):
    name = "chairs"
    verbose_name = _("Chairs")
