"""Search alerts: request one with an address, confirm it by the mailed link, end it with one click."""

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from core.languages import reader_language
from lists import alerts
from lists.catalogue import PUBLIC_LISTS
from lists.forms import AlertForm
from lists.models import MAX_QUERY_LENGTH


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request, name):
    """Request an alert for a list's search. The response does not reveal whether the address already has one."""
    asked = PUBLIC_LISTS[name].asked(request.GET)
    form = AlertForm(request.POST if request.method == "POST" else None)
    context = {"asked": asked, "form": form, "is_too_long": len(asked.query(with_order=False)) > MAX_QUERY_LENGTH}
    if request.method == "POST" and not context["is_too_long"] and form.is_valid():
        if not ratelimit.consume(request, action="ask_alert"):
            return render(request, "lists/alert_ask.html", {**context, "is_slowed": True}, status=429)
        wish = alerts.Wish(form.cleaned_data["address"], name, asked.query(with_order=False), reader_language())
        alerts.ask_to_confirm(wish)
        return redirect("lists:alert_sent")
    return render(request, "lists/alert_ask.html", context)


@login_not_required
@require_safe
def sent(request):
    return render(request, "lists/alert_sent.html", {"days": alerts.CONFIRMED_WITHIN.days})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request, token):
    """Show what the mailed link confirms (GET), and save it (POST): mail programs open links by themselves."""
    wish = alerts.wish_of(token)
    if wish is None or wish.list_name not in PUBLIC_LISTS:
        return render(request, "lists/alert_unusable.html", status=404)
    context = {"asked": wish.asked}
    if request.method == "POST":
        alert = alerts.confirm(wish)
        context |= {"alert": alert, "end_url": alerts.end_url(alert)}
    return render(request, "lists/alert_confirm.html", context)


# Mail programs post here without a form of this site (RFC 8058); the token in the address identifies the alert.
@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def end(request, token):
    """End an alert; if it has already ended, say so."""
    alert = alerts.alert_at(token)
    asked = alerts.asked_by(alert) if alert else None
    if alert and request.method == "POST":
        alert.delete()
    return render(
        request, "lists/alert_end.html", {"asked": asked, "is_over": alert is None or request.method == "POST"}
    )
