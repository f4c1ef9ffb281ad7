from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clusters.enums import NATIONAL_ROLES, Role
from clusters.models.cluster import Cluster


class StaffRole(models.Model):
    """A role of a member of staff in one cluster; without a cluster, a national role."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="staff_roles", verbose_name=_("account")
    )
    cluster = models.ForeignKey(
        Cluster,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="staff_roles",
        verbose_name=_("cluster"),
        help_text=_("Leave empty for the national coordinator and the national auditor."),
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)

    class Meta:
        verbose_name = _("staff role")
        verbose_name_plural = _("staff roles")
        ordering = ["cluster__name", "role"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "cluster", "role"],
                name="clusters_staffrole_once",
                violation_error_message=_("This person already has this role."),
            ),
            # The constraint above treats rows without a cluster as distinct.
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(cluster=None),
                name="clusters_staffrole_national_once",
                violation_error_message=_("This person already has this role."),
            ),
            models.CheckConstraint(
                condition=Q(cluster=None, role__in=NATIONAL_ROLES)
                | (Q(cluster__isnull=False) & ~Q(role__in=NATIONAL_ROLES)),
                name="clusters_staffrole_scope",
                violation_error_message=_("A national role has no cluster; every other role has one."),
            ),
        ]

    def __str__(self):
        return gettext("%(person)s: %(role)s") % {"person": self.user, "role": self.get_role_display()} + (
            f", {self.cluster}" if self.cluster_id else ""
        )
