"""Messages in the panel: the office reads and writes the messages of a sponsorship, including staff notes."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from conversations.enums import MessageSide
from conversations.forms import StaffMessageForm
from conversations.perms import WRITING, side_of
from conversations.threads import last_of, mark_read, thread
from conversations.unread import UnreadFilter, messages_url, what_waits
from core.admin.record_page import change_url
from core.primary_keys import is_key
from sponsorships.admin.sponsorship import SponsorshipAdmin
from sponsorships.models import Sponsorship


class MessagesAdmin:
    """Adds the page of a sponsorship's messages to its admin."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.messages_view)
        return [path("<path:object_id>/messages/", view, name="sponsorships_sponsorship_messages"), *super().get_urls()]

    def messages_view(self, request, object_id):
        """Show the thread (GET); send a message or mark the thread as read (POST)."""
        found = self.open_record(request, object_id)
        if found.submitted_at is None:
            raise Http404
        if request.method == "POST" and "until" in request.POST:
            return self._read(request, found)
        writes = side_of(found, request.user) == MessageSide.OFFICE
        if request.method == "POST" and not writes:
            raise PermissionDenied
        lines = thread(found, request.user)
        form = StaffMessageForm(request.POST or None, request.FILES or None, initial={"read_until": last_of(lines)})
        if request.method == "POST" and form.is_valid() and form.send(found, request.user):
            messages.success(request, _("The message is sent."))
            return HttpResponseRedirect(messages_url(found))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Messages"),
            "subtitle": str(found),
            "opts": self.opts,
            "original": found,
            "sponsorship": found,
            "thread": lines,
            "form": form if writes else None,
            "who": WRITING,
            "record_url": change_url(found),
            "read_url": messages_url(found),
        }
        return TemplateResponse(request, "conversations/admin/messages.html", context)

    def _read(self, request, found):
        until = request.POST["until"]
        if is_key(until):
            mark_read(found, request.user, int(until))
        return HttpResponseRedirect(messages_url(found))


admin.site.unregister(Sponsorship)


@admin.register(Sponsorship)
class SponsorshipWithMessagesAdmin(MessagesAdmin, SponsorshipAdmin):
    """The admin of sponsorships with messages. The apps below do not know of messages, so it is registered here."""

    list_filter = [*SponsorshipAdmin.list_filter, UnreadFilter]

    def waits(self, user):
        return [*super().waits(user), *what_waits(self, user)]
