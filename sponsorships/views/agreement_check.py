"""A public page that says whether a file is an agreement signed here."""

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from sponsorships.agreements.files import is_in_force
from sponsorships.agreements.forms import FingerprintForm


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request):
    """Check a fingerprint, never a file. It is posted, so that it appears in no address or log."""
    is_question = request.method == "POST"
    if is_question and not ratelimit.consume(request, action="check_agreement"):
        return render(
            request, "sponsorships/agreement_check.html", {"form": FingerprintForm(), "is_slowed": True}, status=429
        )
    form = FingerprintForm(request.POST if is_question else None)
    context = {"form": form, "is_answered": form.is_valid()}
    if context["is_answered"]:
        context["is_ours"] = is_in_force(form.cleaned_data["sha256"])
    return render(request, "sponsorships/agreement_check.html", context)
