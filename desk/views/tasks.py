"""My desk: the user's tasks, those of their team, and what changed since they last looked."""

from django.contrib import admin, messages
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from clusters.standing_in import running_for
from core.admin.merging import MergingAdmin
from core.admin.panel_page import panel_page
from desk import changes
from desk.tasks import office_of, tasks_of


@panel_page
def mine(request):
    """Show the user's tasks; those that a colleague holds are on the team's page."""
    found = tasks_of(request.user)
    ours = [task for task in found.tasks if task.holder in (None, request.user)]
    context = {
        "title": _("My desk"),
        "asked": [task for task in ours if task.wait.is_asked],
        "in_view": [task for task in ours if not task.wait.is_asked],
        "lists": found.lists,
        "twins": _twins(request),
        "running": [] if hasattr(request.user, "acts_for") else running_for(request.user),
    }
    return _page(request, "desk/admin/mine.html", context)


@panel_page
def team(request):
    """Show the tasks of others in the user's clusters: held by a colleague, or open only to others."""
    mine = {(task.wait.name, task.key) for task in tasks_of(request.user).tasks if task.holder in (None, request.user)}
    found = tasks_of(office_of(request.user))
    theirs = [task for task in found.tasks if task.wait.is_asked and (task.wait.name, task.key) not in mine]
    context = {
        "title": _("What others in my team hold"),
        "held": [task for task in theirs if task.holder],
        "free": [task for task in theirs if not task.holder],
    }
    return _page(request, "desk/admin/team.html", context)


@panel_page
def changed(request):
    """Show what others did since the user last looked (GET), or mark it as seen (POST)."""
    if request.method == "POST":
        changes.look(request.user)
        messages.success(request, _("Noted: from now on, only what is new is shown here."))
        return redirect("panel_desk:changes")
    since = changes.last_look(request.user)
    context = {"title": _("What changed"), "since": since, "changed": changes.changes(request.user, since)}
    return _page(request, "desk/admin/changes.html", context)


def _twins(request) -> list[tuple[str, str]]:
    """Return pairs of record kind and address, for lists of probable duplicates that the user can settle."""
    pages = (page for page in admin.site._registry.values() if isinstance(page, MergingAdmin))
    found = ((page.opts.verbose_name_plural, page) for page in pages if page.has_probable_pair(request))
    return [(capfirst(name), page.merging_url("duplicates")) for name, page in found]


def _page(request, template: str, context: dict):
    return render(request, template, {**admin.site.each_context(request), **context})
