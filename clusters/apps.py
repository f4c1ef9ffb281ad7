from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _


class ClustersConfig(AppConfig):
    name = "clusters"
    verbose_name = _("Clusters")

    def ready(self):
        from clusters.claims import claim_at_sign_in
        from clusters.lookups import add_fold  # registers its lookup

        connection_created.connect(add_fold, dispatch_uid="clusters.fold")
        user_logged_in.connect(claim_at_sign_in, dispatch_uid="clusters.claims")
