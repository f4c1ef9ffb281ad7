"""The page of a mailed invitation to a team: accept with an account, or open an account first."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from clusters import team
from core.exceptions import Refused

GONE = 410


class NewcomerForm(forms.Form):
    """What is needed to open an account, besides the address."""

    name = forms.CharField(
        label=gettext_lazy("Your name"), max_length=150, help_text=gettext_lazy("First name, then family name.")
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request, token):
    found = team.by_token(token)
    if found is None:
        raise Http404
    user = request.user if request.user.is_authenticated else None
    if user and found.accepted_by_id == user.pk:
        return redirect("admin:index")  # a double click
    signs_in = user is None and User.objects.at_address(found.email).exists()
    data = request.POST if request.method == "POST" else None
    form = None if user or signs_in else NewcomerForm(data, initial={"language": get_language()})
    reasons = team.why_not_accept(found, user)
    if data is not None and not reasons and not signs_in and (form is None or form.is_valid()):
        try:
            return _accepted(request, found, user, form)
        except Refused as refused:
            reasons = refused.reasons
    is_over = team.is_over(found)
    context = {
        "invitation": found,
        "form": form,
        "reasons": reasons,
        "is_over": is_over,
        "sign_in_url": f"{reverse('account_login')}?next={request.path}" if signs_in and not reasons else "",
    }
    return render(request, "clusters/team_invitation.html", context, status=GONE if is_over else 200)


def _accepted(request, found, user, form):
    team.accept(found, by=user, **(form.cleaned_data if form else {}))
    if user:
        messages.success(request, _("You are now in the team of %(cluster)s.") % {"cluster": found.cluster})
        return redirect("admin:index")
    messages.success(request, _("Your account is open. Sign in with a code that is sent to your address."))
    return redirect("account_request_login_code")
