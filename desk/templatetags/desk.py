from django import template
from django.urls import reverse

from clusters.perms import has_role
from clusters.scopes import MANAGERS, clusters_of
from desk.subjects import cluster_of, is_kept, kind_of, task_url

register = template.Library()


@register.simple_tag
def desk_url(record) -> str:
    """Return where staff hold, note and remind of a record; empty for kinds that the desk does not keep."""
    return task_url(record) if is_kept(record) else ""


@register.simple_tag
def mails_url(record, user) -> str:
    """Return where what was mailed about a record is read, for its managers and the nation; empty for others."""
    if not is_kept(record):
        return ""
    reads = user.is_superuser or clusters_of(user).is_national or has_role(user, cluster_of(record).pk, MANAGERS)
    address = reverse("admin:core_outgoingmail_changelist")
    return f"{address}?about={kind_of(record)}:{record.pk}" if reads else ""
