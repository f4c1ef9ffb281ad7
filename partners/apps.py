from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PartnersConfig(AppConfig):
    name = "partners"
    verbose_name = _("Partners")

    def ready(self):
        from chairs.models.activity import ActivityQuerySet
        from partners.conditions import resting_cash
        from partners.money import agreed_cash_of_activity

        # Lists of activities order by what is agreed, which only this app knows.
        ActivityQuerySet.agreed_cash = staticmethod(agreed_cash_of_activity)
        # A target is lowered only as far as nothing rests on it.
        ActivityQuerySet.resting_cash = staticmethod(resting_cash)
        # Those that listen to the verbs; what is kept comes before what is told of it.
        from partners import authorship, ends, mails, remarks, submissions  # noqa: F401
        from partners.agreements import clauses, force, issuing  # noqa: F401
        from partners.agreements import mails as agreement_mails  # noqa: F401
        from partners.instalments import acts  # noqa: F401
        from partners.instalments import mails as instalment_mails  # noqa: F401
        from partners.ledger import listening, triggers  # noqa: F401
        from partners.progress import accepting  # noqa: F401
        from partners.progress import mails as report_mails  # noqa: F401

        ends.lend()
        post_migrate.connect(triggers.install_after_migrate, sender=self, dispatch_uid="ledger_triggers")
        post_migrate.connect(clauses.add_first_texts, sender=self, dispatch_uid="first_clauses")
        checks.register(triggers.check_triggers, checks.Tags.database)
