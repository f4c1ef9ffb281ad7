"""The pages of an act on many records of a list: a confirmation with every obstacle, then the outcome for each record.

From the outcome, those that were refused lead back to the confirmation, with what was entered for them.
"""

from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.admin import refused_input
from core.admin.at_once import MAX_AT_ONCE, MODE, NOTE, are_valid, lines_of, perform, shared_form
from core.admin.confirmation import NoteForm
from core.admin.list_pages import ListPage, page_of
from core.exceptions import BadAddress
from core.models.lists import ActAtOnce
from core.primary_keys import is_key

# Names of further posted fields: the act, the chosen records or the whole list, hold, and an act to be tried again.
ACT, CHOSEN, WHOLE, HOLD, AGAIN = "act", "chosen", "whole", "hold", "again"
ALL, EACH = "all", "each"


def at_once_view(site, request, app_label, model_name):
    """Show the confirmation of an act, or perform it. Both are POST, because the choice may be too long for a URL."""
    listed = ListPage(site, request, app_label, model_name)
    act = listed.page.acts_at_once(request).get(request.POST.get(ACT, ""))
    if act is None:
        raise BadAddress(_("This cannot be done to several records of this list at once."))
    records, missing = _chosen(listed, request)
    if AGAIN in request.POST and (kept := refused_input.kept(request, request.POST[AGAIN])):
        lines = _again(act, records, request.user, kept.fields, kept.reasons)
        return _page(listed, act, lines, _note(act, kept.fields), kept.fields, missing, is_again=True)
    is_sent = MODE in request.POST or HOLD in request.POST
    data = request.POST if is_sent else None
    lines = lines_of(act, records, request.user, data)
    note = _note(act, data)
    # All of them are validated, so that the page shows every mistake together.
    if is_sent and lines and all([are_valid(act, lines), note is None or note.is_valid()]):
        words = note.cleaned_data[NOTE] if note else ""
        is_held = HOLD in request.POST and act.hold is not None
        is_all = request.POST.get(MODE) != EACH
        perform(act, lines, words, is_all=is_all, is_held=is_held)
        if not act.form or not is_all or all(line.is_done for line in lines):
            return HttpResponseRedirect(_keep(listed, act, lines, is_all))
        # The records are read again: the act changed these before it was undone.
        records, _missing = _chosen(listed, request)
    if is_sent and any(line.reasons for line in lines):
        reasons = {line.record.pk: line.reasons for line in lines if not line.is_undone}
        lines = _again(act, records, request.user, data, reasons)
    return _page(listed, act, lines, note, data, missing)


def _note(act, data) -> NoteForm | None:
    return NoteForm(data, required=act.needs_note) if act.has_note else None


def _again(act, records, user, data, reasons) -> list:
    """Return the lines of records that were refused, with their input and the reasons (by key), to be corrected.

    Their current state counts as seen: a reason says if somebody has changed it.
    """
    lines = lines_of(act, records, user, data, is_compared=False)
    are_valid(act, lines)
    for line in lines:
        line.told = reasons.get(line.record.pk, [])
    return lines


def _chosen(listed: ListPage, request):
    """Return the chosen records, and how many of them no longer exist. Raise BadAddress if they are too many."""
    if WHOLE in request.POST:
        if listed.count > MAX_AT_ONCE:
            raise BadAddress(_too_many(listed.count))
        keys = list(listed.changes.queryset.values_list("pk", flat=True))
    else:
        keys = [int(key) for key in dict.fromkeys(request.POST.getlist(CHOSEN)) if is_key(key)]
    if len(keys) > MAX_AT_ONCE:
        raise BadAddress(_too_many(len(keys)))
    found = {record.pk: record for record in listed.page.records(request).filter(pk__in=keys)}
    return [found[key] for key in keys if key in found], len(keys) - len(found)


def _too_many(number: int) -> str:
    said = {"number": number, "most": MAX_AT_ONCE}
    return _("%(number)d records are chosen; at most %(most)d can be acted on at once. Narrow the list.") % said


def _page(listed: ListPage, act, lines, note, data, missing, *, is_again=False):
    able = [line for line in lines if not line.reasons]
    context = listed.context(
        title=act.label,
        act=act,
        able=able,
        unable=(unable := [line for line in lines if line.reasons]),
        refusals=_by_reasons((line.reasons, line) for line in unable),
        missing=missing,
        note=note,
        shared=shared_form(act, lines, data),
        mode=(data or {}).get(MODE, ALL),
        has_mistakes=data is not None,
        is_again=is_again,
        at_once_url=listed.address("at_once"),
        **(act.shows([line.record for line in able]) if act.shows else {}),
    )
    return TemplateResponse(listed.request, "admin/at_once.html", context)


def _by_reasons(lines) -> list[tuple[tuple, list]]:
    """Return (reasons, lines) for each distinct set of reasons, so that fifty records with the same one take one sentence."""
    found: dict[tuple, list] = {}
    for reasons, line in lines:
        found.setdefault(tuple(map(str, reasons)), []).append(line)
    return list(found.items())


def _keep(listed: ListPage, act, lines, is_all: bool) -> str:
    """Store what was done, and return the URL of the page with the outcome."""
    with transaction.atomic():
        done = ActAtOnce.objects.create(
            by=listed.request.user,
            list_of=listed.opts.label_lower,
            query=listed.noted_query,
            act=act.name,
            is_all=is_all,
            lines=[line.kept() for line in lines],
        )
    refused_input.keep(listed.request, done.pk, [line for line in lines if not line.is_done], act.shared)
    return reverse("admin:done_at_once", args=[done.pk])


def done_view(site, request, pk):
    """Show the outcome for each record, to the user who performed the act."""
    done = get_object_or_404(ActAtOnce, pk=pk, by=request.user)
    page = page_of(site, done.list_of)
    name = f"{page.opts.app_label}_{page.opts.model_name}"
    lines = [{**line, "url": reverse(f"admin:{name}_change", args=[line["key"]])} for line in done.lines]
    query = f"?{done.query}" if done.query else ""
    again_url = reverse("admin:at_once", args=[page.opts.app_label, page.opts.model_name]) + query
    act = page.acts_at_once(request).get(done.act)
    refused = [line for line in lines if not line["done"]]
    context = {
        **site.each_context(request),
        "title": act.label if act else done.act,
        "opts": page.opts,
        "list_title": capfirst(page.opts.verbose_name_plural),
        "list_url": reverse(f"admin:{name}_changelist") + query,
        "done": [line for line in lines if line["done"] and "held" not in line],
        "held": [line for line in lines if "held" in line],
        "refused": refused,
        "refusals": _by_reasons((line["reasons"], line) for line in refused),
        "run": done,
        "again_url": again_url if act and refused_input.kept(request, str(done.pk)) else "",
    }
    return TemplateResponse(request, "admin/done_at_once.html", context)
