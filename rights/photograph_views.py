"""The public address of a person's photograph, and the pages on which staff add or erase it."""

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from chairs.views.people import named_people
from clusters.enums import PhotographWay
from clusters.models import Photograph
from core.admin.confirmation import Act, confirm
from core.exceptions import Gone
from core.mail.queue import queue_mail
from rights.admin_views import EDITORS_SAY, open_person
from rights.forms import StaffPhotographForm
from rights.links import LIFETIME, token_of
from rights.perms import can_hide
from rights.photographs import end_photograph, had_photograph, inline, keep_photograph, photograph_of, why_not_add


@login_not_required
@require_safe
def photograph(request, pk, side):
    """Send the photograph of a person who may be named; 410 if it was removed, 404 if there never was one.

    Browsers may cache it but must revalidate each time, so that it disappears once the person withdraws their
    agreement.
    """
    kept = Photograph.objects.filter(person__in=named_people().filter(pk=pk)).first()
    if kept is None and had_photograph(pk):
        raise Gone
    if kept is None or side not in Photograph.SIDES:
        raise Http404
    tag = f'"{kept.sha256[:32]}-{side}"'
    response = get_conditional_response(request, etag=tag)
    if response is None:
        response = HttpResponse(_bytes_of(kept, side), content_type=kept.media_type)
    response["ETag"], response["Cache-Control"] = tag, "no-cache"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    # A search engine would keep showing its own copy after the agreement is withdrawn.
    response["X-Robots-Tag"] = "noindex"
    return response


def _bytes_of(kept, side) -> bytes:
    try:
        with kept.file_of(side).open("rb") as file:
            return file.read()
    except FileNotFoundError as error:  # erased at this very moment
        raise Http404 from error


def add_view(request, pk):
    """Add or replace a photograph, with the agreement that allows it."""
    page, person = open_person(request, pk)
    files = request.FILES if request.method == "POST" else None

    def act(form, note):
        values = {name: form.cleaned_data[name] for name in ("author", "agreed_on", "agreed_how")}
        squares = form.cleaned_data["picture"]
        with transaction.atomic():
            keep_photograph(person, squares, way=PhotographWay.STAFF, by=request.user, **values)
            _tell_of_it(person, values["agreed_on"], values["agreed_how"])

    is_there = photograph_of(person) is not None
    label = gettext_lazy("Replace the photograph") if is_there else gettext_lazy("Add a photograph")

    return confirm(page, request, person, Act(
        label=label,
        effect=gettext_lazy("The photograph stands beside the name on the public pages of the person, of their chairs and of the cluster that they lead: only with their agreement, which you record here. The person can erase it at any time by their link, which they get now by e-mail where an address of theirs is known."),
        may=lambda record, user: can_hide(user, record),
        who=EDITORS_SAY,
        why_not=lambda record, user: why_not_add(record),
        do=act,
        done=_("%(person)s: the photograph has been added.") % {"person": person},
        form=lambda data, record: StaffPhotographForm(data, files, initial={"agreed_how": record.name}),
        template="rights/admin/photograph.html",
        shows=_shown,
    ))  # fmt: skip


def _tell_of_it(person, day, how) -> None:
    """Mail the person what staff entered about their agreement, and the link to withdraw it, if there is an address."""
    if reader := person.correspondent:
        context = {"day": day, "note": how, "last_day": timezone.localdate() + LIFETIME}
        link = ("rights:about_me", token_of(person, reader.email))
        queue_mail(reader, "rights/photograph_added", context, link=link)


def end_view(request, pk):
    """Erase a photograph whose person has withdrawn their agreement."""
    page, person = open_person(request, pk)
    return confirm(page, request, person, Act(
        label=gettext_lazy("Erase the photograph"),
        effect=gettext_lazy("The photograph disappears at once from all pages, and its file is erased. This cannot be undone."),
        may=lambda record, user: can_hide(user, record),
        who=EDITORS_SAY,
        why_not=lambda record, user: [] if photograph_of(record) else [_("There is no photograph of this person.")],
        do=lambda form, note: end_photograph(person, by=request.user),
        done=_("%(person)s: the photograph has been erased.") % {"person": person},
        template="rights/admin/photograph.html",
        shows=_shown,
    ))  # fmt: skip


def _shown(person) -> dict:
    kept = photograph_of(person)
    return {"photograph": kept, "picture": inline(kept)}
