"""Optimistic locking of a record's page: the second of two people who save is first shown the other's changes.

The page carries the latest history line that its reader has seen, rows included. Saving an older version writes
nothing: the form comes back as it was filled in, with the other changes above it, and saving again is accepted.
"""

from copy import copy
from functools import partial

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.admin.readers_queries import ask
from core.prepared import Argument
from core.primary_keys import is_key

User = get_user_model()


SEEN = "seen"
# More lines help nobody; the history page shows all.
MAX_LINES = 12


class MeanwhileAdmin:
    """Guards a page with a history (`HistoryAdmin`) against concurrent changes. A record without history is not guarded."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Note the posted version. Only saving is guarded: the rules that follow typing use the same form class."""
        request.seen = request.POST.get(SEEN) if object_id else None
        page = partial(super().changeform_view, request, object_id, form_url, extra_context)
        try:
            return page() if object_id or request.method != "POST" else _in_turn(request.user, page)
        except IntegrityError:
            # Somebody saved the same between the check of the form and its saving, which wrote nothing. The form now
            # finds their record, and says so.
            return page()

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        seen = getattr(request, "seen", None)
        if obj is None or seen is None:
            return form
        return _guarded(form, lambda: self.changed_meanwhile(obj, seen, request.user))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and self.has_change_permission(request, obj):
            context["seen"] = self.seen(obj, request.user)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def seen(self, record, user) -> str:
        """Return the keys of the latest history lines of the record and its rows that this user may read, joined by dots."""
        if not hasattr(self.model, "history"):
            return ""
        build = partial(self._latest_lines, copy(user))
        seen = ask(self.admin_site.reads_as(user), (type(self), "seen"), build, record=record.pk)
        return ".".join(str(number or 0) for row in seen for number in row)

    def _latest_lines(self, user):
        """Return the query of the latest history lines, with the record's key as an argument."""
        record = self.model(pk=Argument("record"))
        lines = [
            lines.order_by("-history_id").values("history_id") for lines in self.history_lines(record, user).values()
        ]
        return self.model._base_manager.filter(pk=record.pk).values_list(*(Subquery(latest[:1]) for latest in lines))

    def _latest(self, lines):
        return lines.order_by("-history_id").first()

    def changed_meanwhile(self, record, seen: str, user) -> list[str]:
        """Return the changes saved since the version `seen`, one sentence per field. Locks the record."""
        list(self.model._base_manager.select_for_update().filter(pk=record.pk).values_list("pk"))
        if seen == self.seen(record, user):
            return []
        models = [lines.model for _model, lines, _hidden in self.histories(record, user)]
        known = dict(zip(models, map(_number, seen.split(".")), strict=False))
        entries = self.history_entries(record, user)
        news = [entry for entry in entries if entry.record.history_id > known.get(type(entry.record), 0)]
        # Changes that the history does not store, such as the themes, are reported as a save without details.
        return [line for entry in news for line in _lines(entry)] or [self._saved(record, user)]

    def _saved(self, record, user) -> str:
        line = self._latest(self.get_history(record))
        name = self.get_named_of(User, user).filter(pk=line.history_user_id).first()
        who = name or (_("another cluster’s staff") if line.history_user_id else _("the system"))
        return _("%(who)s, %(when)s: saved this page") % {"who": who, "when": _when(line)}


def _guarded(form_class, changed_meanwhile):
    class Guarded(form_class):
        def clean(self):
            cleaned = super().clean()
            if lines := changed_meanwhile():
                for line in [_said(), *lines[:MAX_LINES]]:
                    self.add_error(None, ValidationError(line, code="changed_meanwhile"))
            return cleaned

    return Guarded


def _in_turn(user, add):
    """Return `add()`, after what the same person adds in another tab: the form is checked when that is saved."""
    with transaction.atomic():
        # Without the key, so that what refers to the person elsewhere need not wait.
        list(User.objects.select_for_update(no_key=True).filter(pk=user.pk).values_list("pk"))
        return add()


def _number(text: str) -> int:
    return int(text) if is_key(text) else 0


def _said() -> str:
    return _(
        "Somebody changed this record while it was open here. Nothing is saved yet, and what you filled in is still "
        "below. Read what has changed; if you save again, your page takes its place."
    )


def _when(line) -> str:
    return date_format(timezone.localtime(line.history_date), "SHORT_DATETIME_FORMAT")


def _lines(entry) -> list[str]:
    """Return sentences for what one save changed, with the person and the time."""
    about = {"who": entry.who, "when": _when(entry.record), "action": entry.action, "subject": entry.subject}
    if entry.record.history_type != "~":
        return [_("%(who)s, %(when)s: %(action)s · %(subject)s") % about]
    return [
        _("%(who)s, %(when)s: %(subject)s · %(field)s: %(old)s → %(new)s")
        % {**about, "field": change.label, "old": change.before, "new": change.after}
        for change in entry.changes
    ]
