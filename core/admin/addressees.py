"""The mail addresses of the people of a list, for users who may write to them: shown or downloaded, and logged either way."""

from collections.abc import Iterable
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core.admin.exporting import log_export
from core.admin.list_pages import ListPage
from core.exports import respond_list
from core.models.lists import ExportFormat


class Addressee(NamedTuple):
    """A person to write to. `about` names their record in the list, such as a partner or a chair."""

    name: str
    email: str
    about: str = ""


def each_once(people: Iterable[Addressee]) -> list[Addressee]:
    """Return the people with an address, each address once, sorted by record and name."""
    found: dict[str, Addressee] = {}
    for one in people:
        if one.email:
            found.setdefault(one.email.lower(), one)
    return sorted(found.values(), key=lambda one: (one.about, one.name, one.email))


def addresses_view(site, request, app_label, model_name):
    """Show the number of people (GET); show their addresses, or return them as a file, and log it (POST)."""
    listed = ListPage(site, request, app_label, model_name)
    if not listed.page.can_write_to_people(request.user):
        raise PermissionDenied
    people = each_once(listed.page.get_addressees(request, listed.changes.queryset.order_by()))
    context = listed.context(title=_("E-mail addresses"), people=len(people), shown=None)
    if request.method == "POST":
        is_file = request.POST.get("format") == "csv"
        way = gettext_noop("downloaded") if is_file else gettext_noop("shown")
        log_export(listed, ExportFormat.ADDRESSES, lambda: [_(way)], len(people))
        if is_file:
            header = {"name": _("Name"), "email": _("E-mail address"), "about": _("Of")}
            return respond_list("csv", f"addresses-{timezone.localdate():%Y-%m-%d}", header, people)
        context["shown"] = "\n".join(one.email for one in people)
    return TemplateResponse(request, "admin/list_addresses.html", context)
