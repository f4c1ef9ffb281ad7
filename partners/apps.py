from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PartnersConfig(AppConfig):
    name = "partners"
    verbose_name = _("Partners")

    def ready(self):
        # So that every verb is declared before a page asks which there are; in which order changes nothing.
        from partners import verbs  # noqa: F401
        from partners.agreements import clauses
        from partners.agreements import verbs as agreement_verbs  # noqa: F401
        from partners.instalments import verbs as instalment_verbs  # noqa: F401
        from partners.ledger import triggers
        from partners.progress import verbs as report_verbs  # noqa: F401

        post_migrate.connect(triggers.install_after_migrate, sender=self, dispatch_uid="ledger_triggers")
        post_migrate.connect(clauses.add_first_texts, sender=self, dispatch_uid="first_clauses")
        checks.register(triggers.check_triggers, checks.Tags.database)
