"""My desk: what awaits me, what others of my team hold, and what changed since I last looked."""

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
    """What awaits the person: what somebody else has taken over stands with the team's."""
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
    """What waits in the person's clusters for others: held by somebody, or theirs alone to do."""
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
    """What others did since the person last looked (GET); note that they have looked now (POST)."""
    if request.method == "POST":
        changes.look(request.user)
        messages.success(request, _("Noted: from now on, only what is new is shown here."))
        return redirect("panel_desk:changes")
    since = changes.last_look(request.user)
    context = {"title": _("What changed"), "since": since, "changed": changes.changes(request.user, since)}
    return _page(request, "desk/admin/changes.html", context)


def _twins(request) -> list[tuple[str, str]]:
    """Return which records are probably twice there for the person to settle: the sort of record, and the list of its pairs."""
    pages = (page for page in admin.site._registry.values() if isinstance(page, MergingAdmin))
    found = ((page.opts.verbose_name_plural, page) for page in pages if page.has_probable_pair(request))
    return [(capfirst(name), page.merging_url("duplicates")) for name, page in found]


def _page(request, template: str, context: dict):
    return render(request, template, {**admin.site.each_context(request), **context})
