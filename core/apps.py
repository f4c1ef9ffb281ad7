from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    """What every app stands on, and that knows none of them."""

    name = "core"
    verbose_name = _("Mails")

    def ready(self):
        from core.lookups import add_fold  # registers its lookup

        connection_created.connect(add_fold, dispatch_uid="core.fold")
