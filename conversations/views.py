"""The thread of a sponsorship in `/my/`: messages between partner, office and investigators."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from conversations.forms import MessageForm
from conversations.models import MessageFile
from conversations.perms import side_of
from conversations.threads import last_of, mark_read, thread
from core.downloads import download
from core.primary_keys import is_key
from sponsorships.models import Sponsorship


def _seen(user):
    return Sponsorship.objects.visible_to(user).sent().select_related("partner", "chair__cluster", "created_by")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def conversation(request, reference):
    """Show the messages of a sent sponsorship, and take a new one from users who may write."""
    found = get_object_or_404(_seen(request.user), reference=reference)
    writes = side_of(found, request.user) is not None
    if request.method == "POST" and not writes:
        raise PermissionDenied
    lines = thread(found, request.user)
    form = MessageForm(request.POST or None, request.FILES or None, initial={"read_until": last_of(lines)})
    if request.method == "POST" and form.is_valid() and form.send(found, request.user):
        messages.success(request, _("Your message is sent."))
        return redirect("conversations:thread", found.reference)
    context = {"sponsorship": found, "thread": lines, "form": form if writes else None}
    return render(request, "conversations/my/messages.html", context)


@require_POST
def read(request, reference):
    """Mark the messages as read up to the last one that the page showed."""
    found = get_object_or_404(_seen(request.user), reference=reference)
    until = request.POST.get("until", "")
    if is_key(until):
        mark_read(found, request.user, int(until))
    return redirect("conversations:thread", found.reference)


@never_cache
@require_safe
def file(request, reference, pk):
    """Return a message's file as a download."""
    visible = MessageFile.objects.visible_to(request.user)
    found = get_object_or_404(visible, pk=pk, message__sponsorship__reference=reference)
    return download(found.file, found.name, found.media_type)
