"""Pages that belong to no app: health, errors, the standing pages and the style page."""

import sys

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Max
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.views import i18n
from django.views.decorators.cache import never_cache

from config.accessibility import statement
from config.eco_design import measured as eco_design_measured
from config.withdrawn import withdrawn
from core import nightly, storage_health, worker
from core.exceptions import BadAddress, Gone
from core.kept_forms import csrf_failed, typed_fields
from core.outages import is_outage
from core.replica.health import stands_in
from core.storage import is_full
from rights.retention import PERIODS, YEAR

# A visitor's browser may try again after this many seconds.
RETRY_AFTER = 30
WORKER_IS_MISSING = "No task worker has been seen for 10 minutes: mails wait."
COPY_STANDS_IN = "The database does not answer: public pages are read from its copy, and nothing is written."
NIGHTLY_IS_MISSING = "The nightly work was not done for 36 hours: does anything call `manage.py nightly`?"

set_language = login_not_required(i18n.set_language)


@login_not_required
@never_cache
def healthz(request):
    """Report that the process answers."""
    return JsonResponse({"status": "ok"})


@login_not_required
@never_cache
def readyz(request):
    """The database answers and has every migration; and whether what works in the background has been seen, and files can be kept.

    Without them mails are late, or files not to be had, and pages are there: the answer says so, and stays a 200. So are public pages
    where the database has a copy for reading that stands in for it.
    """
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if waiting:
            return JsonResponse({"status": "unavailable", "reason": "migrations"}, status=503)
        latest = executor.recorder.migration_qs.aggregate(at=Max("applied"))["at"]
        if worker.is_missing(since=latest):
            return JsonResponse({"status": "degraded", "reason": "worker", "detail": WORKER_IS_MISSING})
        if nightly.is_missing(since=latest):
            return JsonResponse({"status": "degraded", "reason": "nightly", "detail": NIGHTLY_IS_MISSING})
        with translation.override("en"):
            if files := str(storage_health.last_known_trouble()):
                return JsonResponse({"status": "degraded", "reason": "files", "detail": files})
    except (DatabaseError, InterfaceError):
        if stands_in():
            return JsonResponse({"status": "degraded", "reason": "database", "detail": COPY_STANDS_IN})
        return JsonResponse({"status": "unavailable", "reason": "database"}, status=503)
    return JsonResponse({"status": "ok"})


@login_not_required
def admin_login(request):
    """Redirect to the site's sign-in page: the admin panel has none of its own."""
    return redirect_to_login(request.GET.get("next") or reverse("admin:index"))


@login_not_required
def legal(request):
    """The legal notice: who publishes the site, and who hosts it."""
    return render(request, "pages/legal.html", {"notice": settings.LEGAL_NOTICE})


@login_not_required
def privacy(request):
    """What is kept about people: who answers for it, why, on what ground, and for how many years."""
    kept = [
        {"what": period.what, "years": period.period // YEAR, "then": period.then, "why": period.why}
        for period in PERIODS
    ]
    # Where there is one, whoever sends a form gets a cookie more (core/replica/middleware.py).
    has_copy = settings.DATABASE_REPLICA is not None
    return render(request, "pages/privacy.html", {"notice": settings.LEGAL_NOTICE, "kept": kept, "has_copy": has_copy})


@login_not_required
def accessibility(request):
    """The accessibility statement, computed from the criteria and what was found."""
    return render(request, "pages/accessibility.html", {"notice": settings.LEGAL_NOTICE, **statement()})


@login_not_required
def eco_design(request):
    """What a page of this site costs, as `make bench` measured it."""
    return render(request, "pages/eco_design.html", eco_design_measured())


@login_not_required
def bad_request(request, exception=None):
    """Return the page for a request that cannot be read; a bad address gets a sentence (`core.exceptions`)."""
    sentence = str(exception) if isinstance(exception, BadAddress) else ""
    return render(request, "400.html", {"sentence": sentence}, status=400)


@login_not_required
def permission_denied(request, exception=None):
    return render(request, "403.html", status=403)


@login_not_required
def page_not_found(request, exception=None):
    """No such page; what was public once and was withdrawn says so, with the day and the reason that may be told."""
    gone = exception if isinstance(exception, Gone) else withdrawn(request)
    if gone is None:
        return render(request, "404.html", status=404)
    return render(request, "410.html", {"on": gone.on, "reason": gone.reason}, status=410)


@login_not_required
def csrf_failure(request, reason=""):
    """Return the page for a form without a valid CSRF token. The reason is for developers and is not shown.

    What somebody typed into a form that we gave to them, before a new sign-in, is there again on its page.
    """
    if kept := csrf_failed(request):
        return kept
    return render(request, "403_csrf.html", status=403)


@login_not_required
def server_error(request):
    """Show a plain page that needs no database; 503 when the database or the shared cache is unavailable."""
    error = sys.exc_info()[1]
    if is_full(error):
        return HttpResponse(
            render_to_string("503_full.html", {"typed": typed_fields(request), "path": request.path}),
            status=503,
            headers={"Retry-After": str(RETRY_AFTER)},
        )
    if is_outage(error):
        body = render_to_string("503.html")
        return HttpResponse(body, status=503, headers={"Retry-After": str(RETRY_AFTER)})
    return HttpResponse(render_to_string("500.html"), status=500)
