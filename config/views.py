"""Views that belong to no app: health checks, error pages and standing pages."""

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
from core.models.heartbeat import Heartbeat
from core.outages import is_outage
from core.replica.health import stands_in
from core.storage import is_full
from rights.retention import PERIODS, YEAR

# Seconds, for the Retry-After header.
RETRY_AFTER = 30
WORKER_IS_MISSING = "No task worker has been seen for 10 minutes: mails wait."
COPY_STANDS_IN = "The database does not answer: public pages are read from its copy, and nothing is written."
NIGHTLY_IS_MISSING = "The nightly work was not done for 36 hours: does anything call `manage.py nightly`?"
NIGHTLY_FAILS = "The nightly work fails: {}. Each is a command of manage.py, and says what is wrong."

set_language = login_not_required(i18n.set_language)


@login_not_required
@never_cache
def healthz(request):
    """Report that the process answers."""
    return JsonResponse({"status": "ok"})


@login_not_required
@never_cache
def readyz(request):
    """Report whether the database answers and has every migration, background work is done, and files can be stored.

    Without workers or files the pages still work, so the status is 200 with “degraded”. The same holds if the database
    is down and its replica serves the public pages. Otherwise the status is 503.
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
            failed = Heartbeat.failed_night()
            detail = NIGHTLY_FAILS.format(failed) if failed else NIGHTLY_IS_MISSING
            return JsonResponse({"status": "degraded", "reason": "nightly", "detail": detail})
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
    """Show the legal notice: who publishes the site, and who hosts it."""
    return render(request, "pages/legal.html", {"notice": settings.LEGAL_NOTICE})


@login_not_required
def privacy(request):
    """Show the privacy page: which personal data is kept, by whom, why, on which legal basis, and for how many years."""
    kept = [
        {"what": period.what, "years": period.period // YEAR, "then": period.then, "why": period.why}
        for period in PERIODS
    ]
    # With a replica, people who send a form get one more cookie (core/replica/middleware.py).
    has_copy = settings.DATABASE_REPLICA is not None
    return render(request, "pages/privacy.html", {"notice": settings.LEGAL_NOTICE, "kept": kept, "has_copy": has_copy})


@login_not_required
def accessibility(request):
    """Show the accessibility statement, computed from the criteria and the findings."""
    return render(request, "pages/accessibility.html", {"notice": settings.LEGAL_NOTICE, **statement()})


@login_not_required
def eco_design(request):
    """Show what a page of this site costs, as measured by `make bench`."""
    return render(request, "pages/eco_design.html", eco_design_measured())


@login_not_required
def bad_request(request, exception=None):
    """Return the page for a bad request; BadAddress adds a sentence (`core.exceptions`)."""
    sentence = str(exception) if isinstance(exception, BadAddress) else ""
    return render(request, "400.html", {"sentence": sentence}, status=400)


@login_not_required
def permission_denied(request, exception=None):
    return render(request, "403.html", status=403)


@login_not_required
def page_not_found(request, exception=None):
    """Return the page for a 404; for a withdrawn record a 410, with the day and the reason if they may be told."""
    gone = exception if isinstance(exception, Gone) else withdrawn(request)
    if gone is None:
        return render(request, "404.html", status=404)
    return render(request, "410.html", {"on": gone.on, "reason": gone.reason}, status=410)


@login_not_required
def csrf_failure(request, reason=""):
    """Return the page for a form without a valid CSRF token. `reason` is for developers and not shown.

    If the input could be stored, it redirects to the form's page, which is filled in again.
    """
    if kept := csrf_failed(request):
        return kept
    return render(request, "403_csrf.html", status=403)


@login_not_required
def server_error(request):
    """Show a plain page that needs no database; 503 if the database, shared cache or storage is unavailable or full."""
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
