"""The desk's page of one record: who holds it, notes, and reminders; each act has its own view."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from core.admin.confirmation import Act, NoteForm, confirm
from core.admin.panel_page import panel_page
from core.admin.record_page import change_url
from core.exceptions import Refused
from core.stamps import stamp
from desk import holding
from desk.models import NOTE_MAX_LENGTH
from desk.subjects import page_of, task_url, title_of
from portal.reminders.at_once import asked_of, last_reminder, remind_now, shown

WHO_ASSIGNS = gettext_lazy("Managers of the cluster, and whoever may do it themselves, give a task to somebody.")
WHO_REMINDS = gettext_lazy("Editors, finance staff and managers of the cluster send reminders.")


class TaskNoteForm(forms.Form):
    """A note for colleagues."""

    template_name = "admin/act_form.html"

    text = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=NOTE_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=gettext_lazy("Only the staff of the cluster and of the national coordination read it."),
    )


class AssignForm(forms.Form):
    """Choose the colleague to whom a task is assigned."""

    template_name = "admin/act_form.html"

    to = forms.ChoiceField(label=gettext_lazy("Colleague"))

    def __init__(self, data, people):
        super().__init__(data)
        self.people = {str(person.pk): person for person in people}
        self.fields["to"].choices = [(key, str(person)) for key, person in self.people.items()]


@panel_page
@require_safe
def task(request, app, model, pk):
    page, record = _found(request, app, model, pk)
    return TemplateResponse(request, "desk/admin/task.html", _context(request, page, record, TaskNoteForm()))


@panel_page
@require_POST
def take(request, app, model, pk):
    _page, record = _found(request, app, model, pk)
    done = _("You hold this task now.")
    return _do(request, record, lambda: holding.assign(record, by=request.user, to=request.user), done)


@panel_page
@require_POST
def give_back(request, app, model, pk):
    _page, record = _found(request, app, model, pk)
    done = _("The task waits for everybody who may do it again.")
    return _do(request, record, lambda: holding.give_back(record, by=request.user), done)


@panel_page
@require_POST
def note(request, app, model, pk):
    page, record = _found(request, app, model, pk)
    if not holding.can_note(record, request.user):
        raise PermissionDenied
    form = TaskNoteForm(request.POST)
    if not form.is_valid():
        return TemplateResponse(request, "desk/admin/task.html", _context(request, page, record, form))
    text = form.cleaned_data["text"]
    return _do(request, record, lambda: holding.write_note(record, by=request.user, text=text), _("The note is kept."))


@panel_page
def assign(request, app, model, pk):
    page, record = _found(request, app, model, pk)
    people = holding.who_may(record)
    act = Act(
        label=_("Give the task to somebody"),
        subtitle=title_of(record),
        effect=_("It stands on their desk, and they are told by e-mail."),
        may=lambda record, user: holding.can_assign(record, user),
        who=WHO_ASSIGNS,
        why_not=lambda record, user: [] if people else [_("Nobody in the cluster can do what is to be done here now.")],
        do=lambda form, note: holding.assign(
            record, by=request.user, to=form.people[form.cleaned_data["to"]], note=note
        ),
        done=lambda assignment: _("%(person)s holds this task now.") % {"person": assignment.holder},
        form=lambda data, record: AssignForm(data, people),
        note=lambda data: NoteForm(
            data, help_text=_("Optional. It is in the e-mail, and stays among the notes of the staff.")
        ),
        goes_to=lambda done: task_url(record),
        shows=lambda record: {"record_url": task_url(record)},
    )
    return confirm(page, request, record, act)


@panel_page
def remind(request, app, model, pk):
    """Show the mail that would be sent, its readers and the last reminder (GET), or send it (POST)."""
    page, record = _found(request, app, model, pk)
    mails = [mail for due in asked_of(record) if (mail := shown(due, request.user))]
    last = last_reminder(record)
    act = Act(
        label=_("Remind now"),
        subtitle=title_of(record),
        effect=_("The e-mail below is sent at once; each person gets it once a day at most."),
        may=lambda record, user: holding.can_remind(record, user),
        who=WHO_REMINDS,
        why_not=lambda record, user: [] if mails else [_("Nothing is awaited of anybody here now.")],
        do=lambda form, note: remind_now(record, by=request.user),
        done=lambda sent: _("Reminded: %(names)s.") % {"names": ", ".join(str(one.user) for one in sent)},
        goes_to=lambda done: task_url(record),
        template="desk/admin/remind.html",
        shows=lambda record: {"record_url": task_url(record), "mails": mails, "last": last},
        seen=lambda record: stamp(
            [([reader.pk for reader in mail.readers], mail.subject, mail.body) for mail in mails]
        ),
    )
    return confirm(page, request, record, act)


def _found(request, app, model, pk):
    """Return the panel's page (ModelAdmin) and the record; raise Http404 for one that the user may not see."""
    page = page_of(app, model)
    return page, page.open_record(request, str(pk))


def _context(request, page, record, form) -> dict:
    user, held = request.user, holding.holder_of(record)
    able, reads = holding.who_may(record), holding.can_note(record, user)
    return {
        **page.admin_site.each_context(request),
        "title": _("Desk: %(record)s") % {"record": title_of(record)},
        "opts": page.opts,
        "original": record,
        "record_url": change_url(record),
        "held": held,
        "able": able,
        "may_take": user in able and (held is None or held.holder_id != user.pk),
        "may_assign": bool(able) and holding.can_assign(record, user),
        "may_give_back": held is not None and (held.holder_id == user.pk or holding.can_assign(record, user)),
        "may_remind": holding.can_remind(record, user),
        "last": last_reminder(record),
        "notes": holding.notes_on(record) if reads else [],
        "form": form if reads else None,
    }


def _do(request, record, act, done):
    try:
        act()
    except Refused as refused:
        messages.error(request, " ".join(refused.reasons))
    else:
        messages.success(request, done)
    return HttpResponseRedirect(task_url(record))
