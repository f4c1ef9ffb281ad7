"""The field history of a record, as a page: when, who, and each changed field with its old and new value."""

import datetime
from dataclasses import dataclass
from functools import cache, partial

from django.contrib.admin.exceptions import NotRegistered
from django.contrib.admin.utils import display_for_field, unquote
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import models
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_info, gettext_lazy
from django.utils.translation import gettext as _
from modeltranslation.fields import TranslationFieldDescriptor

from core.changes import NOTHING, ON_BEHALF, Change, behalf_of, differences, display_value
from core.languages import CONTENT_LANGUAGES
from core.model_fields import EurosField
from core.primary_keys import any_of

User = get_user_model()

PER_PAGE = 50
# Longer texts are cut in the table: readers look for what changed, not for the whole text.
MAX_VALUE_LENGTH = 300
# Prefix of the change reason of a restored version; the restored version's moment follows.
RESTORED = "restored "
# Shown instead of the name of a record that the reader may not see.
HIDDEN = gettext_lazy("(not visible to you)")


def label_of(field) -> str:
    """Return a field's label; for a translated field, with its language."""
    original = getattr(field, "translated_field", None)
    if original is None:
        return capfirst(field.verbose_name)
    language = get_language_info(field.language)["name_translated"]
    if get_language() != "en":  # only English capitalises languages
        language = language.lower()
    return _("%(field)s (%(language)s)") % {"field": capfirst(original.verbose_name), "language": language}


@cache
def history_of(model):
    """Return the manager of a model's history, cached because each access builds it and its class anew."""
    return model.history


@dataclass
class Entry:
    """One save of a record, or of one of its rows."""

    record: object
    # Whether it is a version of the record itself, not of a row.
    is_own: bool
    who: str
    subject: str
    changes: list[Change]

    @property
    def is_new(self) -> bool:
        return self.record.history_type == "+"

    @property
    def restored_from(self) -> datetime.datetime | None:
        """The moment of the version that this change restored, or None."""
        reason = self.record.history_change_reason or ""
        return (
            datetime.datetime.fromisoformat(reason.removeprefix(RESTORED).partition(ON_BEHALF)[0])
            if reason.startswith(RESTORED)
            else None
        )

    @property
    def action(self) -> str:
        return {"+": _("Added"), "~": _("Changed"), "-": _("Removed")}[self.record.history_type]


class HistoryAdmin:
    """Shows the history that django-simple-history stores. `history_rows` names the reverse relations to include.

    It reveals nothing that the reader cannot see elsewhere: rows and names are fetched through `visible_to`.
    """

    history_rows = ()
    # Derived and technical columns, which tell a reader nothing.
    history_hidden = {"updated_at", "name_key", "acronym_key", "sort_key", "revision", "reference"}

    def history_view(self, request, object_id, extra_context=None):
        """Show the page. A record outside the user's queryset gives 404 (`get_object`)."""
        record = self.get_object(request, unquote(object_id))
        if not self.has_view_permission(request, record):
            raise PermissionDenied
        page = Paginator(self.history_entries(record, request.user), PER_PAGE).get_page(request.GET.get("p"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("History: %(record)s") % {"record": record},
            "object": record,
            "opts": self.opts,
            "page": page,
            "may_restore": self.has_change_permission(request, record),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/record_history.html", context)

    def get_history(self, record):
        """Return the history lines of the record itself."""
        return history_of(self.model).filter(id=record.pk)

    def get_row_history(self, lines, user):
        """Return the history lines of the record's rows that this user may see."""
        return lines

    def get_history_hidden(self, record, user) -> set[str]:
        """Return the names of the fields that the history hides from this user."""
        return self.history_hidden

    def get_named_of(self, model, user):
        """Return the records of a model that a history may name to this user."""
        try:
            return self.admin_site.get_model_admin(model).get_named(user)
        except NotRegistered:
            return model._default_manager.all()

    def history_entries(self, record, user) -> list[Entry]:
        """Return the saves of the record and of its rows that this user may read, latest first."""
        named = partial(self.get_named_of, user=user)
        entries = [
            entry for kept in self.histories(record, user) for entry in _entries(*kept, kept[0] is self.model, named)
        ]
        return sorted(entries, key=lambda entry: (entry.record.history_date, entry.record.pk), reverse=True)

    def histories(self, record, user) -> list[tuple]:
        """Return (model, history lines, hidden fields) for the record and for each kind of its rows."""
        hidden = self.get_history_hidden(record, user)
        return [
            (model, lines, hidden if model is self.model else hidden | {self._relation(name).field.name})
            for (name, model), lines in self.history_lines(record, user).items()
        ]

    def history_lines(self, record, user) -> dict[tuple, models.QuerySet]:
        """Return the history lines that the user may read, by (relation, model). Only the record's key is used."""
        if not hasattr(self.model, "history"):
            return {}
        lines = {("", self.model): self.get_history(record)}
        for name in self.history_rows:
            relation = self._relation(name)
            rows = history_of(relation.related_model).filter(**{relation.field.attname: record.pk})
            lines[name, relation.related_model] = self.get_row_history(rows, user)
        return lines

    def _relation(self, name: str):
        return self.model._meta.get_field(name)


def _entries(model, rows, hidden, is_own, named) -> list[Entry]:
    # The history model lacks private fields altogether.
    kept = {field.name for field in history_of(model).model._meta.concrete_fields}
    fields = [field for field in model._meta.concrete_fields if field.name in kept and is_shown(field, hidden)]
    rows = list(rows.order_by("history_date", "history_id"))
    names = Names(fields, rows, named)
    entries, previous = [], {}
    for row in rows:
        before = previous.get(row.id)
        previous[row.id] = row
        changes = [] if row.history_type == "-" else _changes(fields, before, row, names)
        if changes or row.history_type != "~":
            entries.append(Entry(row, is_own, names.who(row), subject_of(model, row, fields, names), changes))
    return entries


def is_shown(field, hidden) -> bool:
    is_original = isinstance(getattr(field.model, field.name, None), TranslationFieldDescriptor)
    return not field.primary_key and field.name not in hidden and not is_original


def subject_of(model, row, fields, names) -> str:
    """Return the name of a history line's subject, such as its person or title, since a key would tell nothing."""
    kind, known = capfirst(model._meta.verbose_name), {field.name: field for field in fields}
    languages = (get_language(), *CONTENT_LANGUAGES)
    for name in ("person", *(f"title_{code}" for code in languages), "title", "name", "chair"):
        value = getattr(row, known[name].attname) if name in known else None
        if value:
            return _("%(kind)s “%(name)s”") % {"kind": kind, "name": names.shown(known[name], value)}
    return kind


def _changes(fields, before, row, names) -> list[Change]:
    pairs = ((field, getattr(before, field.attname, None), getattr(row, field.attname)) for field in fields)
    # For a new row, empty fields are left out.
    told = (pair for pair in pairs if before or pair[2] not in (None, "", []))
    return differences((pair for pair in told if not _is_data(pair[2])), label_of, names.shown)


def _is_data(value) -> bool:
    """Return whether a value is structured data, which the record's own page shows in words."""
    return isinstance(value, dict) or (isinstance(value, list) and any(isinstance(part, dict) for part in value))


class Names:
    """Values as text for a reader. The names of related records are fetched together, one query per field."""

    def __init__(self, fields, rows, named):
        self.known, self.named = {}, named
        for field in fields:
            if isinstance(field, models.ForeignKey):
                self.learn(field.related_model, {getattr(row, field.attname) for row in rows} - {None})
        self.learn(User, {getattr(row, "history_user_id", None) for row in rows} - {None})
        self.learn(User, {behalf_of(row) for row in rows} - {None})

    def learn(self, model, pks) -> None:
        pks -= {pk for known, pk in self.known if known is model}
        if not pks:
            return
        names = {record.pk: str(record) for record in self.named(model).filter(pk__in=any_of(pks))}
        there = set(model._base_manager.filter(pk__in=any_of(pks - names.keys())).values_list("pk", flat=True))
        self.known |= {(model, pk): names.get(pk, HIDDEN if pk in there else _("(deleted)")) for pk in pks}

    def who(self, row) -> str:
        """Return the name of the person who saved the line; staff of other clusters stay anonymous."""
        if row.history_user_id is None:
            return _("the system")
        name, other = self.named_account(row.history_user_id), behalf_of(row)
        if other is None:
            return name
        return _("%(name)s, on behalf of %(person)s") % {"name": name, "person": self.named_account(other)}

    def named_account(self, pk: int) -> str:
        name = self.known[User, pk]
        return _("another cluster’s staff") if name is HIDDEN else name

    def shown(self, field, value) -> str:
        match field, value:
            case _, None:
                return NOTHING
            case models.ForeignKey(), key:
                return str(self.known[field.related_model, key])
            case (_, bool()) | (EurosField(), _):
                shown = capfirst(display_value(value))
            case models.JSONField(), list() if all(isinstance(line, str) for line in value):
                shown = " · ".join(value) or NOTHING
            case ((models.URLField() | models.FileField()), _):
                # As text: Django would make a link of a URL, and the history stores no file.
                shown = display_value(value)
            case _:
                shown = str(display_for_field(value, field, NOTHING))
        return shown[:MAX_VALUE_LENGTH] + ("…" if len(shown) > MAX_VALUE_LENGTH else "")
