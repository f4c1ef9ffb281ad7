"""A partner decides what the public may see of its sponsorship, with a preview."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.enums import MEDIA_TYPES, DocumentType
from core.exceptions import Refused
from core.past_addresses import record_at
from partners.models import Partner
from sponsorships.forms.publication import PublicationForm
from sponsorships.models import Sponsorship
from sponsorships.perms import can_publish
from sponsorships.publication import FIELDS, Stale, public_views, publish, said

CONFLICT = 409


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def publication(request, reference):
    """Show what the public sees (GET), and save the partner's choice (POST)."""
    files = Sponsorship.objects.visible_to(request.user).select_related("partner", "chair__cluster", "activity")
    found = get_object_or_404(files, reference=reference)
    if not can_publish(found, request.user):
        raise PermissionDenied
    form = PublicationForm(request.POST or None, request.FILES or None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            is_changed = _publish(found, form, request.user)
        except Stale:
            return _page(request, files.get(pk=found.pk), form, is_stale=True)
        except Refused as refusal:
            messages.error(request, " ".join(refusal.reasons))
        else:
            messages.success(request, _("Your choice is saved.") if is_changed else _("Nothing has changed."))
        return redirect("sponsorships:publication", found.reference)
    # Fetch the saved record: an invalid form has changed `found`, which must not appear as the public's view.
    return _page(request, files.get(pk=found.pk), form)


def _publish(found, form, user) -> bool:
    values = form.cleaned_data
    chosen = {name: values[name] for name in FIELDS}
    return publish(found, by=user, chosen=chosen, logo=values["logo"], seen=values["revision"])


def _page(request, saved, form, *, is_stale=False):
    """Show the form beside the saved choice.

    If the choice changed meanwhile, the user sees it and may then save over it.
    """
    if is_stale:
        form.show_revision(saved.revision)
    context = {
        "sponsorship": saved,
        "form": form,
        "views": public_views(saved),
        "is_stale": is_stale,
        "stands": said(saved),
    }
    return render(request, "sponsorships/my/publication.html", context, status=CONFLICT if is_stale else 200)


@login_not_required
@require_safe
def logo(request, slug):
    """Serve a public logo, as an image with no active content."""
    partner = record_at(Partner.objects.with_public_logo(), slug)
    try:
        with partner.logo.open("rb") as kept:
            content = kept.read()
    except FileNotFoundError as error:
        raise Http404 from error
    headers = {
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        # The partner may remove it at any time.
        "Cache-Control": "no-cache",
    }
    return HttpResponse(content, content_type=MEDIA_TYPES[DocumentType(partner.logo_kind)], headers=headers)
