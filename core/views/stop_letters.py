"""The page of a letter's opt-out link: one click, without signing in (RFC 8058)."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from core.mail.letters import address_of, stop


# Exempt from CSRF, because mail programs post here on their own; the token in the URL identifies the address.
@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_letters(request, token):
    address = address_of(token)
    if address is None:
        raise Http404
    if request.method == "POST":
        stop(address)
    return render(request, "pages/stop_letters.html", {"is_done": request.method == "POST"})
