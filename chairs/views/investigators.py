"""Pages on which an investigator edits their chair's text and posts activities that need money."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from chairs.activities import close
from chairs.forms import ActivityForm, PageTextForm
from chairs.models import Activity, Chair
from chairs.perms import can_edit_page_text, can_post_activity
from core.past_addresses import record_within
from core.views.confirmation import Act, confirm


def _chair(user, cluster_slug, slug, is_allowed):
    """Return a chair of this user. Raise Http404 for another's chair, PermissionDenied if `is_allowed` says no."""
    chairs = Chair.objects.visible_to(user).select_related("cluster", "kind", "rule")
    chair = record_within(chairs, cluster_slug, slug, also_private=True)
    if not is_allowed(chair, user):
        raise PermissionDenied
    return chair


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page_text(request, cluster_slug, slug):
    """Edit the plain-language text of the chair's page."""
    chair = _chair(request.user, cluster_slug, slug, can_edit_page_text)
    seen = request.POST.get("seen", chair.updated_at.isoformat())
    if request.method == "POST":
        with transaction.atomic():
            chair = chair.locked()
            form = PageTextForm(request.POST, instance=chair)
            is_stale = form.has_changed() and seen != chair.updated_at.isoformat()
            if not is_stale and form.is_valid():
                chair.save(update_fields=[*form.Meta.fields, "updated_at"])
                messages.success(request, _("The text of the page is saved."))
                return redirect("portal:home")
    else:
        form, is_stale = PageTextForm(instance=chair), False
    context = {"form": form, "chair": chair, "seen": seen, "is_stale": is_stale}
    return render(request, "chairs/my/page_text.html", context, status=409 if is_stale else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def post_activity(request, cluster_slug, slug):
    """Post an activity in a chair that can take sponsors' money."""
    chair = _chair(request.user, cluster_slug, slug, can_post_activity)
    if not chair.is_fundable:
        messages.warning(request, _("This chair is not open to sponsors at the moment: nothing can be posted in it."))
        return redirect("portal:home")
    form = ActivityForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _post_once(form, chair, request.user)
        messages.success(request, _("The activity is posted: the public can see it."))
        return redirect("portal:home")
    return render(request, "chairs/my/activity_form.html", {"form": form, "chair": chair})


@transaction.atomic
def _post_once(form, chair, user):
    """Save the activity, unless a double click already has: an open activity with the same titles, target and deadline."""
    chair.locked()
    activity = form.save(commit=False)
    same = {name: getattr(activity, name) for name in ("title_en", "title_fr", "target", "deadline")}
    if Activity.objects.open().filter(chair=chair, **same).exists():
        return
    activity.chair, activity.posted_by = chair, user
    activity.save()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def close_activity(request, pk):
    """Close an activity to new proposals; proposals already sent continue."""
    activity = get_object_or_404(Activity.objects.visible_to(request.user).select_related("chair__cluster"), pk=pk)
    act = Act(
        title=_("Close an activity"),
        do=lambda form, note: close(activity, by=request.user),
        done=_("The activity is closed. Proposals already sent continue."),
        goes_to=lambda: "portal:home",
        button=_("Close the activity"),
        back=reverse("portal:home"),
        keep=_("Leave it open"),
        is_final=True,
        may=can_post_activity(activity.chair, request.user),
        why_not=[_("This activity is already closed.")] if activity.closed_at is not None else [],
        template="chairs/my/activity_close.html",
        context={"activity": activity, "chair": activity.chair},
    )
    return confirm(request, act)
