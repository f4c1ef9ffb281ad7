"""Earlier versions of a record: shown as of a day, or restored as a new change."""

import datetime
from functools import partial

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.admin.confirmation import Act, confirm
from core.admin.history import RESTORED, Names, history_of, is_shown, label_of, subject_of
from core.changes import differences
from core.exceptions import Refused
from core.form_fields import DayField


class DayForm(forms.Form):
    """The day as of which a record is shown."""

    day = DayField(label=gettext_lazy("As it was on"))

    def clean_day(self):
        day = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise ValidationError(_("This day is still to come: choose today or an earlier day."), code="to_come")
        return day


class VersionsAdmin:
    """Adds to an admin with a history (`HistoryAdmin`) the record as of a day, and restoring a version."""

    def get_urls(self):
        if not hasattr(self.model, "history"):
            return super().get_urls()
        name, view = f"{self.opts.app_label}_{self.opts.model_name}", self.admin_site.admin_view
        return [
            path("<int:object_id>/as-of/", view(self.as_of_view), name=f"{name}_as_of"),
            path("<int:object_id>/history/<int:version>/", view(self.restore_view), name=f"{name}_restore"),
            *super().get_urls(),
        ]

    def history_view(self, request, object_id, extra_context=None):
        """Show the history, with a form for the day; users who may change the record can restore each version."""
        form = DayForm(initial={"day": timezone.localdate()}) if hasattr(self.model, "history") else None
        context = {"day_form": form, **(extra_context or {})}
        return super().history_view(request, object_id, context)

    def as_of_view(self, request, object_id):
        """Show the record and its rows as they were at the end of a day."""
        record = self.open_record(request, str(object_id))
        if not self.has_view_permission(request, record):
            raise PermissionDenied
        form = DayForm(request.GET if "day" in request.GET else {"day": timezone.localdate().isoformat()})
        parts = self._parts_on(record, request.user, form.cleaned_data["day"]) if form.is_valid() else []
        context = {
            **self.admin_site.each_context(request),
            "title": _("As of a day: %(record)s") % {"record": record},
            "opts": self.opts,
            "original": record,
            "record_url": self._page_url("change", record.pk),
            "form": form,
            "parts": parts,
        }
        return TemplateResponse(request, "admin/record_as_of.html", context)

    def _page_url(self, name: str, *args) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{name}", args=args)

    def _parts_on(self, record, user, day: datetime.date) -> list[tuple[str, list]]:
        """Return the record and each of its rows, by name, with their values at the end of the day."""
        end = timezone.make_aware(datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time.min))
        named, parts = partial(self.get_named_of, user=user), []
        for model, lines, hidden in self.histories(record, user):
            last = {line.id: line for line in lines.filter(history_date__lt=end).order_by("history_date", "history_id")}
            rows = [line for line in last.values() if line.history_type != "-"]
            fields = shown_fields(model, hidden)
            names = Names(fields, rows, named)
            parts += [(subject_of(model, row, fields, names), _said(fields, row, names)) for row in rows]
        return parts

    def restore_view(self, request, object_id, version):
        """Show what restoring a version would change (GET), or restore it as a new change (POST)."""
        record = self.open_record(request, str(object_id))
        line = self.get_history(record).filter(history_id=version).exclude(history_type="-").first()
        if line is None:
            raise Http404
        when = date_format(timezone.localtime(line.history_date), "DATETIME_FORMAT")
        act = Act(
            label=_("Restore the version of %(when)s") % {"when": when},
            effect=gettext_lazy("The record takes these values again, as a new change. Its status and its rows stay as they are."),
            may=lambda record, user: self.has_change_permission(request, record),
            who=gettext_lazy("Whoever may change the record on its page."),
            why_not=lambda record, user: self._why_not_restore(request, record, line),
            do=lambda form, note: self._restore(request, record, line),
            done=_("%(record)s: the version of %(when)s was restored.") % {"record": record, "when": when},
            template="admin/restore_version.html",
            button=gettext_lazy("Restore"),
            shows=lambda record: {"changes": self._changes_to(request, record, line)},
        )  # fmt: skip
        return confirm(self, request, record, act)

    def _restorable(self, request, record, line) -> list:
        """Return the fields that differ, among those that this user can edit on the record's page."""
        typed = self._form_fields(request, record, line)
        fields = shown_fields(self.model, self.get_history_hidden(record, request.user))
        return [
            one for one in fields if one.name in typed and getattr(line, one.attname) != getattr(record, one.attname)
        ]

    def _form_fields(self, request, record, line) -> dict:
        """Return the fields of the record's form, built once per page because some query the database when built."""
        if not hasattr(line, "_form_fields"):
            line._form_fields = self.get_form(request, record, change=True).base_fields
        return line._form_fields

    def _changes_to(self, request, record, line) -> list:
        fields = self._restorable(request, record, line)
        names = Names(fields, [record, line], partial(self.get_named_of, user=request.user))
        pairs = ((one, getattr(record, one.attname), getattr(line, one.attname)) for one in fields)
        return differences(pairs, label_of, names.shown)

    def _why_not_restore(self, request, record, line) -> list[str]:
        fields = self._restorable(request, record, line)
        if not fields:
            return [_("The record says the same now, in all that you can change on its page.")]
        form = self._form_fields(request, record, line)
        chosen = [
            one for one in fields if hasattr(form[one.name], "queryset") and getattr(line, one.attname) is not None
        ]
        return [
            _("%(field)s: what it was then is not one of the records that you can choose.") % {"field": label_of(one)}
            for one in chosen
            if not form[one.name].queryset.filter(pk=getattr(line, one.attname)).exists()
        ]  # fmt: skip

    def _restore(self, request, record, line) -> None:
        fields = self._restorable(request, record, line)
        for one in fields:
            setattr(record, one.attname, getattr(line, one.attname))
        names = [one.name for one in fields]
        try:
            form = self._read_by_the_form(request, record, names)
            record.full_clean(exclude={one.name for one in record._meta.fields} - set(names))
        except ValidationError as error:
            raise Refused(error.messages) from error
        record._change_reason = f"{RESTORED}{line.history_date.isoformat()}"
        self.save_model(request, record, form, change=True)

    def _read_by_the_form(self, request, record, names: list[str]) -> forms.ModelForm:
        """Return the page's form, after its own checks of these fields: no value is restored that it would refuse."""
        form = self.get_form(request, record, change=True)(instance=record)
        form.changed_data, form.cleaned_data = names, {name: getattr(record, name) for name in names}
        for name in names:
            if check := getattr(form, f"clean_{name}", None):
                setattr(record, name, check())
        return form


def shown_fields(model, hidden) -> list:
    """Return the fields of a model that its history stores and a reader may see."""
    kept = {field.name for field in history_of(model).model._meta.concrete_fields}
    return [field for field in model._meta.concrete_fields if field.name in kept and is_shown(field, hidden)]


def _said(fields, row, names) -> list[tuple[str, str]]:
    values = ((field, getattr(row, field.attname)) for field in fields)
    return [(label_of(field), names.shown(field, value)) for field, value in values if value not in (None, "", [])]
