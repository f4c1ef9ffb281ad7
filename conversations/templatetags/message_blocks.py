"""Template tags that show the messages of a sponsorship."""

from django import template
from django.urls import reverse

from clusters.models import Cluster
from conversations.models import Message
from conversations.perms import side_of
from conversations.threads import last_of, thread

register = template.Library()

# The number of messages in the block; the page of messages shows all.
SHOWN = 3


@register.inclusion_tag("conversations/my/_messages.html")
def sponsorship_messages(sponsorship, user):
    """Show the last messages of a sponsorship to a user who may read them; nothing before it is sent."""
    if sponsorship.submitted_at is None:
        return {}
    lines = thread(sponsorship, user)
    return {
        "sponsorship": sponsorship,
        "is_sent": True,
        "thread": lines[-SHOWN:],
        "number": len(lines),
        "unread": sum(line.is_unread for line in lines),
        "writes": side_of(sponsorship, user) is not None,
    }


@register.inclusion_tag("conversations/admin/_messages.html")
def sponsorship_messages_for_staff(sponsorship, user):
    """Show the last messages of a sponsorship in the panel, including staff notes."""
    shown = sponsorship_messages(sponsorship, user)
    return (
        shown | {"url": reverse("admin:sponsorships_sponsorship_messages", args=[sponsorship.pk])} if shown else shown
    )


@register.inclusion_tag("conversations/admin/_of_partner.html")
def partner_messages_for_staff(partner, user):
    """Show staff the last messages on a partner's sponsorships, each with a link to its thread."""
    mine = Cluster.objects.visible_to(user).order_by().values("pk")
    said = Message.objects.visible_to(user).filter(sponsorship__partner=partner, sponsorship__chair__cluster__in=mine)
    return {"said": said.select_related("author", "on_behalf_of", "sponsorship").order_by("-written_at", "-pk")[:SHOWN]}


@register.filter
def any_unread(lines) -> bool:
    return any(line.is_unread for line in lines)


@register.filter
def last_message(lines) -> int:
    return last_of(lines)
