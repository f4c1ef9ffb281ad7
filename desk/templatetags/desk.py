from django import template
from django.urls import reverse

from clusters.perms import has_role
from clusters.scopes import MANAGERS, clusters_of
from desk.subjects import cluster_of, is_kept, kind_of, task_url

register = template.Library()


@register.simple_tag
def desk_url(record) -> str:
    """Return the address of a record's desk page; an empty text for kinds that the desk does not keep."""
    return task_url(record) if is_kept(record) else ""


@register.simple_tag
def mails_url(record, user) -> str:
    """Return the address of the mails about a record, for its managers and national staff; an empty text for others."""
    if not is_kept(record):
        return ""
    reads = user.is_superuser or clusters_of(user).is_national or has_role(user, cluster_of(record).pk, MANAGERS)
    address = reverse("admin:core_outgoingmail_changelist")
    return f"{address}?about={kind_of(record)}:{record.pk}" if reads else ""
