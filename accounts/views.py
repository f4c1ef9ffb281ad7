from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.forms import ProfileForm


def after_login(request):
    """Staff go on to the admin panel, everybody else to their own pages."""
    return redirect("admin:index" if request.user.is_staff else "my_home")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request):
    """One's own name, and the language of one's mails."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your profile is saved."))
        return redirect("profile")
    return render(request, "accounts/profile.html", {"form": form})
