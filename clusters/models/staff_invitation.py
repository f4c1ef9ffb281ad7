import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusters.enums import NATIONAL_ROLES, InvitationState, Role
from clusters.models.cluster import Cluster

# Long enough for a holiday, short enough that an abandoned mailbox gives no access.
LIFETIME = datetime.timedelta(days=14)
CLUSTER_ROLES = [(value, label) for value, label in Role.choices if value not in NATIONAL_ROLES]


class StaffInvitationQuerySet(models.QuerySet):
    def open(self, at=None):
        """Return the invitations that can still be accepted."""
        return self.filter(state=InvitationState.INVITED, invited_at__gt=(at or timezone.now()) - LIFETIME)


class StaffInvitation(models.Model):
    """A person invited by mail to join a cluster's team. Whoever opens the link in that mail gets the role."""

    cluster = models.ForeignKey(
        Cluster, on_delete=models.CASCADE, related_name="staff_invitations", verbose_name=_("cluster")
    )
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=20, choices=CLUSTER_ROLES)
    state = models.CharField(_("state"), max_length=20, choices=InvitationState, default=InvitationState.INVITED)
    # Both accounts stay on record: who invited, and who accepted.
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("invited by")
    )
    invited_at = models.DateTimeField(_("invited at"), default=timezone.now)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("accepted by"),
    )
    ended_at = models.DateTimeField(_("answered or cancelled at"), null=True, blank=True)

    objects = StaffInvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation to a team")
        verbose_name_plural = _("invitations to a team")
        ordering = ["-invited_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(role__in=NATIONAL_ROLES), name="clusters_staffinvitation_of_a_cluster"),
            models.UniqueConstraint(
                fields=["cluster", "email"],
                condition=Q(state="invited"),
                name="clusters_staffinvitation_one_open",
                violation_error_message=_("This address has already been invited."),
            ),
        ]

    def __str__(self):
        return self.email

    @property
    def expires_at(self):
        return self.invited_at + LIFETIME

    @property
    def is_open(self) -> bool:
        return self.state == InvitationState.INVITED and self.expires_at > timezone.now()
