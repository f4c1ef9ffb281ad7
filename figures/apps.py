from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FiguresConfig(AppConfig):
    """Sums over the ledger, for pages and exports. The app has no tables of its own."""

    name = "figures"
    verbose_name = _("Figures")
