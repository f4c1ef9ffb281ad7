from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db.backends.signals import connection_created
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _


class ClustersConfig(AppConfig):
    name = "clusters"
    verbose_name = _("Clusters")

    def ready(self):
        from clusters.claims import claim_at_sign_in
        from clusters.lookups import add_fold  # registers its lookup
        from clusters.models import StaffRole
        from clusters.two_people import switch_on_with_a_second_manager

        connection_created.connect(add_fold, dispatch_uid="clusters.fold")
        user_logged_in.connect(claim_at_sign_in, dispatch_uid="clusters.claims")
        post_save.connect(switch_on_with_a_second_manager, sender=StaffRole, dispatch_uid="clusters.two_people")
