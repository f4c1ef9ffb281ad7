from django.apps import AppConfig
from django.core import checks
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    """The base of all other apps, which imports none of them."""

    name = "core"
    verbose_name = _("Mails")

    def ready(self):
        from core import data_triggers
        from core.logs import slow_queries
        from core.lookups import add_fold  # registers the lookup

        connection_created.connect(add_fold, dispatch_uid="core.fold")
        connection_created.connect(slow_queries.watch, dispatch_uid="core.slow_queries")
        pre_migrate.connect(
            data_triggers.remove_before_going_back, sender=self, dispatch_uid="data_triggers_going_back"
        )
        post_migrate.connect(data_triggers.install_after_migrate, sender=self, dispatch_uid="data_triggers")
        checks.register(data_triggers.check_triggers, checks.Tags.database)
