from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class SponsorshipsConfig(AppConfig):
    name = "sponsorships"
    verbose_name = _("Sponsorships")

    def hand_over(self, partner, by):
        """Hand what the office sent on a partner's behalf over to the partner (called by `partners.arrivals`)."""
        from sponsorships.proposals.authorship import hand_over

        hand_over(partner, by)

    def ready(self):
        # Import the verbs so that all are declared before a page lists them; the import order does not matter.
        from sponsorships import (
            logged,
            verbs,  # noqa: F401
        )
        from sponsorships.accounting import counting_triggers, triggers
        from sponsorships.accounting import verbs as instalment_verbs  # noqa: F401
        from sponsorships.agreements import clauses
        from sponsorships.agreements import verbs as agreement_verbs  # noqa: F401
        from transparency.leaves import keep_in_the_log

        post_migrate.connect(triggers.install_after_migrate, sender=self, dispatch_uid="ledger_triggers")
        pre_migrate.connect(
            counting_triggers.remove_before_going_back, sender=self, dispatch_uid="counting_triggers_going_back"
        )
        post_migrate.connect(counting_triggers.install_after_migrate, sender=self, dispatch_uid="counting_triggers")
        post_migrate.connect(clauses.add_first_texts, sender=self, dispatch_uid="first_clauses")
        keep_in_the_log(logged.ENTRY, logged.entries)
        keep_in_the_log(logged.AGREEMENT, logged.agreements)
        checks.register(triggers.check_triggers, checks.Tags.database)
        checks.register(triggers.check_triggers_of_deployment, checks.Tags.database, deploy=True)
