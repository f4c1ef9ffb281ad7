from django import template

from desk.subjects import is_kept, task_url

register = template.Library()


@register.simple_tag
def desk_url(record) -> str:
    """Return where staff hold, note and remind of a record; empty for kinds that the desk does not keep."""
    return task_url(record) if is_kept(record) else ""
