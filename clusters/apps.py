from allauth.socialaccount.signals import pre_social_login, social_account_added
from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _
from simple_history.signals import pre_create_historical_record


class ClustersConfig(AppConfig):
    name = "clusters"
    verbose_name = _("Clusters")

    def ready(self):
        from clusters.account_linking import claim_at_sign_in, claim_when_joined, meet_orcid
        from clusters.four_eyes import switch_on_with_a_second_manager
        from clusters.models import StaffRole
        from clusters.standing_in import as_acting, note_in_history
        from core.on_behalf import ACTING, STAND_IN

        ACTING[STAND_IN] = as_acting
        pre_create_historical_record.connect(note_in_history, dispatch_uid="clusters.standing_in")
        user_logged_in.connect(claim_at_sign_in, dispatch_uid="clusters.account_linking")
        social_account_added.connect(claim_when_joined, dispatch_uid="clusters.account_linking.joined")
        pre_social_login.connect(meet_orcid, dispatch_uid="clusters.account_linking.orcid")
        post_save.connect(switch_on_with_a_second_manager, sender=StaffRole, dispatch_uid="clusters.four_eyes")
