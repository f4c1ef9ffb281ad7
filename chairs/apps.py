from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChairsConfig(AppConfig):
    name = "chairs"
    verbose_name = _("Chairs")

    def ready(self):
        from chairs import conformity_signals, hiding, verbs  # noqa: F401 - declares every verb before a request
        from chairs.consent import signals as consent_signals
        from chairs.investigators import Investigators
        from chairs.search import signals
        from clusters.second_person import ROWS

        signals.connect(app=self)
        conformity_signals.connect()
        hiding.connect()
        consent_signals.connect()
        ROWS["chairs.chair", "investigators"] = Investigators()
