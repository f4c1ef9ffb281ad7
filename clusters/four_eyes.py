"""Switches the four-eyes rule back on when a cluster gets a second manager."""

from clusters.enums import Role
from clusters.models import Cluster, StaffRole


def switch_on_with_a_second_manager(sender, instance: StaffRole, raw=False, **kwargs) -> None:
    """Switch the four-eyes rule back on if the saved role gives the cluster a second manager."""
    if raw or instance.role != Role.MANAGER or instance.cluster_id is None:
        return
    cluster = Cluster.objects.get(pk=instance.cluster_id)
    if not cluster.needs_four_eyes and cluster.staff_roles.filter(role=Role.MANAGER).count() > 1:
        cluster.needs_four_eyes = True
        cluster.save(update_fields=["needs_four_eyes"])
