"""Messages that the office has neither read nor answered: for the panel's front page, the desk and the list filter."""

from operator import attrgetter

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from clusters.scopes import clusters_with
from conversations.enums import WRITERS, MessageSide
from conversations.models import Message, MessageReading
from core.admin.dashboard import Wait
from partners.models import Contact


def unread_by_the_office(sponsorships: QuerySet, user: User) -> QuerySet:
    """Return the sponsorships, among those for which the user writes for the office, with unread messages by others.

    A message is unread if no writer of the office has read or answered it; readers without a writing role do not count.
    Adds `unread_since`, when the oldest unread message was written.
    """
    read = MessageReading.objects.filter(
        sponsorship=OuterRef("sponsorship"),
        until__gte=OuterRef("pk"),
        user__staff_roles__cluster=OuterRef("sponsorship__chair__cluster"),
        user__staff_roles__role__in=WRITERS,
    )
    of_office = Q(side=MessageSide.OFFICE)
    answered = Message.objects.filter(of_office, sponsorship=OuterRef("sponsorship"), pk__gt=OuterRef("pk"))
    unread = Message.objects.filter(~of_office, ~Exists(read), ~Exists(answered.filter(is_internal=False)))
    since = Subquery(unread.filter(sponsorship=OuterRef("pk")).order_by("pk").values("written_at")[:1])
    clusters = clusters_with(user, WRITERS)
    # Start from the unread messages: most sponsorships have none, and each would cost a subquery.
    told = unread.filter(sponsorship__chair__cluster__in=clusters).order_by().values("sponsorship")
    mine = sponsorships.filter(chair__cluster__in=clusters, pk__in=told)
    theirs = Contact.objects.approved().filter(user_id=user.pk).values("partner")
    return mine.exclude(partner__in=theirs).annotate(unread_since=since)


def what_waits(page, user: User) -> list[Wait]:
    def unread():
        seen = page.get_visible(user).select_related("partner", "chair__cluster")
        return unread_by_the_office(seen, user).order_by("unread_since", "pk")

    why = _("Read the messages, and answer them")
    since = attrgetter("unread_since")
    return [Wait(page, unread, _unread, "?messages=unread", _written, why=why, since=since, there=messages_url)]


def messages_url(sponsorship) -> str:
    """Return the URL of a sponsorship's messages in the panel."""
    return reverse("admin:sponsorships_sponsorship_messages", args=[sponsorship.pk])


def _unread(number: int) -> str:
    return ngettext(
        "%(number)d sponsorship has messages that nobody of the office has read",
        "%(number)d sponsorships have messages that nobody of the office has read",
        number,
    ) % {"number": number}


def _written(sponsorship) -> str:
    return date_format(timezone.localtime(sponsorship.unread_since))


class UnreadFilter(admin.SimpleListFilter):
    """Lists the sponsorships with messages that the office has not read."""

    title = _("messages")
    parameter_name = "messages"

    def lookups(self, request, model_admin):
        return [("unread", _("Not read by the office"))]

    def queryset(self, request, queryset):
        if self.value() != "unread":
            return queryset
        found = unread_by_the_office(queryset.model._base_manager.order_by(), request.user)
        return queryset.filter(pk__in=found.values("pk"))
