"""The auditor's archive in the panel, for national staff."""

import tempfile

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import FileResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.archive import write_archive
from figures.perms import can_read_the_nation
from figures.query import read_dates
from figures.views.staff import desk
from transparency.heads import last_head, origin, public_keys

# Bytes; a larger archive goes to a temporary file.
IN_MEMORY = 8_000_000


def of_the_nation(view):
    """Decorate a panel view so that only users who may read all clusters can open it."""

    def guarded(request):
        if not can_read_the_nation(request.user):
            raise PermissionDenied
        return view(request)

    return desk(guarded)


@of_the_nation
def archive_page(request):
    """Show what the archive contains, and choose its day."""
    dates, problems = read_dates(request.GET)
    context = {
        **admin.site.each_context(request),
        "title": _("Audit"),
        "dates": dates,
        "problems": problems,
        "head": last_head(),
        "origin": origin(),
        "keys": public_keys(),
    }
    return render(request, "audit/archive.html", context)


@of_the_nation
def archive_file(request):
    """Download the archive as of the day in the address, today by default."""
    dates, problems = read_dates(request.GET)
    on = timezone.localdate() if problems else dates.on
    name = f"cathedra-audit-{on.isoformat()}.zip"
    file = tempfile.SpooledTemporaryFile(IN_MEMORY)
    write_archive(file, on, name)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")
