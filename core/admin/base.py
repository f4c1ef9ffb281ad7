"""The base of all pages of the admin panel: people see, choose and change only what their roles allow.

Django's permissions and groups are not used: `is_staff` opens the panel, and roles decide (`clusters.perms`).
"""

from collections.abc import Iterable, Sequence
from functools import partial
from itertools import chain

from django.contrib import admin, messages
from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.admin.views.main import SEARCH_VAR
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from core.admin.changelist import KEY_VAR, NOT_NARROWING, ListPaginator, ScopedChangeList, field_of
from core.admin.concurrency import MeanwhileAdmin
from core.admin.dashboard import Wait
from core.admin.formsets import OwnRowsFormSet, PageRows
from core.admin.history import HistoryAdmin
from core.admin.kept_classes import kept_form, kept_formset
from core.admin.namesakes import ToldApart
from core.admin.one_box import FoundInTheBox
from core.admin.own_views import tools_of
from core.admin.readers_queries import keep, known, only_asks
from core.admin.record_page import RecordPage, only_reads
from core.admin.scoped_fields import ScopedFields
from core.admin.search import MAX_WORDS, has_more_words, search
from core.admin.versions import VersionsAdmin
from core.current_names import fetch_current
from core.kept_forms import kept_form as form_kept_for

# Django's messages that our French catalogue replaces, because theirs puts a name where French needs an article.
SAID_OTHERWISE = [gettext_noop("Add %(name)s"), gettext_noop("Add another %(verbose_name)s")]

# Counts and sums of a list are cached under its parameters, unless these are longer than this.
MAX_NARROWED_LENGTH = 300


def shape_of(page, request, obj, fields=()) -> tuple:
    """Return a key for a page's form class, for any reader: its fields, read-only fields and excluded fields."""
    fields = fields or flatten_fieldsets(page.get_fieldsets(request, obj))
    left_out = page.get_exclude(request, obj) or ()
    return type(page), tuple(fields), tuple(page.get_readonly_fields(request, obj)), tuple(left_out)


class ScopedAdmin(
    ToldApart, FoundInTheBox, ScopedFields, RecordPage, MeanwhileAdmin, VersionsAdmin, HistoryAdmin, admin.ModelAdmin
):
    """The base of all record admins. Hooks: `get_visible`, `get_choices`, `can_add`, `can_change`, `can_delete`."""

    # The site registers no other admin (`CathedraAdminSite.register`).
    is_scoped = True
    show_full_result_count = False
    list_per_page = 50
    paginator = ListPaginator
    # Columns that the list defers.
    list_deferred: Sequence[str] = ()
    # Whether the list's default query depends only on the reader, their roles and the day, so that it can be prepared.
    is_list_prepared = False
    # Further columns that an export offers (core/admin/columns.py): field paths, also of related records.
    export_columns: Sequence[str] = ()
    # The title of the add page; Django's own sentence has no correct French form.
    add_title = ""
    # A sentence that says what the search looks at, since nobody can guess it.
    search_help_text = None
    # A sentence that says who may change the record, shown to users who may not.
    who_changes = ""

    def get_visible(self, user):
        """Return the records that this user may open."""
        return self.model._default_manager.visible_to(user)

    def get_named(self, user):
        """Return the records that another record's history may name to this user."""
        return self.get_visible(user)

    def get_choices(self, request):
        """Return the records that this user may choose in another record's form."""
        return self.get_visible(request.user)

    def can_add(self, user) -> bool:
        return False

    def can_change(self, user, obj=None) -> bool:
        """Return whether the user may change this record; without a record, whether they may change any."""
        return False

    def can_delete(self, user, obj) -> bool:
        return False

    def can_act_at_once(self, user) -> bool:
        """Return whether to offer this user acts on many records. Each act checks its own permission per record."""
        return self.can_change(user)

    def can_write_to_people(self, user) -> bool:
        """Return whether this user may export the mail addresses of the list's people, and write to them."""
        return False

    def get_addressees(self, request, records) -> Iterable:
        """Return the people of these records to whom this user may write (core.admin.addressees)."""
        return []

    def name_at_once(self, record) -> str:
        """Return the record's name on the page of an act on many records."""
        return str(record)

    def acts_at_once(self, request) -> dict:
        """Return the acts on many records of the list, by name (core/admin/at_once.py)."""
        return {}

    def prepare_rows(self, rows: list) -> None:
        """Fetch what the list's columns need for all rows of the page at once. A hook."""
        self.fetch_current(rows)

    def fetch_current(self, rows: list) -> None:
        """Fetch the records that these rows name, for all rows at once (core/current_names.py)."""
        fetch_current(rows, lambda model: self.admin_site.get_model_admin(model).list_select_related or ())

    def get_waiting(self, user):
        """Return the records that wait for this user."""
        return self.model._default_manager.none()

    def waits(self, user) -> list[Wait]:
        """Return what the front page may count as waiting for this user among these records."""
        return []

    def get_queryset(self, request):
        """Return the records that this user may open; where a list is prepared, a copy of a query built once per reader."""
        if not self.is_list_prepared:
            return self._seen_by(request)
        name = self.admin_site.reads_as(request.user), get_language(), (type(self), "seen")
        return keep(name, lambda: self._seen_by(only_asks(request))).all()

    def _seen_by(self, request):
        queryset = self.get_visible(request.user)
        ordering = self.get_ordering(request)
        return queryset.order_by(*ordering) if ordering else queryset

    def get_formsets_with_inlines(self, request, obj=None):
        """Yield the formsets with enough extra rows for stored input, if the page is filled in again after a late post."""
        kept = form_kept_for(request)
        for formset, inline in super().get_formsets_with_inlines(request, obj):
            if kept is not None:
                formset.extra = max(formset.extra, kept.rows_added(formset.get_default_prefix()))
            yield formset, inline

    def get_inline_formsets(self, request, formsets, inline_instances, obj=None):
        return [PageRows.of(rows) for rows in super().get_inline_formsets(request, formsets, inline_instances, obj)]

    def get_form(self, request, obj=None, change=False, **kwargs):
        own = getattr(getattr(self.form, "Meta", None), "labels", None) or {}
        labels = {**own, **self.get_translated_labels()}
        make = partial(super().get_form, obj=obj, change=change, **{"labels": labels, **kwargs})
        if kwargs.keys() - {"fields"} or not only_reads(request):
            return make(request)
        shape = *shape_of(self, request, obj, **kwargs), change, self.has_change_permission(request, obj)
        return kept_form(request, self.admin_site.reads_as(request.user), shape, make)

    def changelist_view(self, request, extra_context=None):
        """Show the list, titled by its contents, with a warning if the search ignored some words."""
        if has_more_words(request.GET.get(SEARCH_VAR, "")):
            sentence = _("Only the first %(number)d different words were searched for.")
            messages.warning(request, sentence % {"number": MAX_WORDS})
        title = {"title": capfirst(self.opts.verbose_name_plural), "add_title": self.add_title}
        tools = tools_of(self, request)
        return super().changelist_view(request, {**title, **tools, **(extra_context or {})})

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """Show the record's page, titled by its name, with the reason if it is read-only."""
        context |= (
            {"title": str(obj), "subtitle": None} if obj is not None else {"title": self.add_title or context["title"]}
        )
        context["add_title"] = self.add_title
        if obj is not None and not self.has_change_permission(request, obj):
            context["read_only_because"] = self.who_changes
        return super().render_change_form(request, context, add, change, form_url, obj)

    def message_user(self, request, message, level=messages.INFO, *args, **kwargs):
        """Name the record that was saved; Django's own sentences cannot be inflected in French."""
        saved = getattr(request, "_saved_record", None)
        if saved is not None and level == messages.SUCCESS:
            message = _("Saved: %(record)s.") % {"record": saved}
        super().message_user(request, message, level, *args, **kwargs)

    def response_add(self, request, obj, post_url_continue=None):
        request._saved_record = obj
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        request._saved_record = obj
        return super().response_change(request, obj)

    def find_in_list(self, request, what, find):
        """Return `find()`, a count or the sums of the list as it is filtered, cached per reader while the data is unchanged."""
        narrowed = sorted((name, *values) for name, values in request.GET.lists() if name not in NOT_NARROWING)
        if sum(len(part) for part in chain.from_iterable(narrowed)) > MAX_NARROWED_LENGTH:
            return find()
        reader, name = self.admin_site.reads_as(request.user), (what, request.path, *narrowed)
        return known(request, reader, name, find)

    def get_paginator(self, request, queryset, *args, **kwargs):
        paginator = super().get_paginator(request, queryset, *args, **kwargs)
        if isinstance(paginator, ListPaginator):
            paginator.find = lambda count: self.find_in_list(request, "count", count)
        return paginator

    def get_changelist(self, request, **kwargs):
        return ScopedChangeList

    def lookup_allowed(self, lookup, value, request):
        """Return whether the URL may filter by this: the list's own filters and the key of one record."""
        declared = self.get_list_filter(request)
        names = [field_of(one) or one.parameter_name for one in declared]
        return lookup == KEY_VAR or any(lookup == name or lookup.startswith(f"{name}__") for name in names)

    def to_field_allowed(self, request, to_field):
        """Return whether another record's form may refer to this field.

        Django fails on “+”, which names hidden relations.
        """
        return to_field.isidentifier() and super().to_field_allowed(request, to_field)

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_view_permission(self, request, obj=None):
        return self.admin_site.lets_in(request.user)

    def has_add_permission(self, request):
        return self.admin_site.lets_in(request.user) and self.can_add(request.user)

    def has_change_permission(self, request, obj=None):
        return self.admin_site.lets_in(request.user) and self.can_change(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        # Without an object Django asks about its bulk deletion, which the panel does not offer.
        return obj is not None and self.admin_site.lets_in(request.user) and self.can_delete(request.user, obj)

    def get_search_results(self, request, queryset, search_term):
        return search(queryset, self.get_search_fields(request), search_term), False

    def get_view_on_site_url(self, obj=None):
        """Return the URL of the public page; None for an unpublished record, and for a form that emptied the slug."""
        if obj is None or not hasattr(obj, "get_absolute_url") or not getattr(obj, "is_published", True):
            return None
        if not getattr(obj, "slug", "no address of its own"):
            return None
        return obj.get_absolute_url()


class ScopedInline(ScopedFields):
    """Rows inside another record's page. Permission to change the record is permission to change its rows."""

    extra = 0
    formset = OwnRowsFormSet
    told: tuple = ()  # above the rows: a sentence, and a link (label, url)
    # Whether the empty row of a stacked inline is the same for every record, so that its HTML is cached. Then nothing
    # may change its fields after `get_formset`, and its form may not depend on the record.
    is_empty_row_alike = False

    def get_formset(self, request, obj=None, **kwargs):
        make = partial(super().get_formset, obj=obj, **{"labels": self.get_translated_labels(), **kwargs})
        if kwargs or not only_reads(request):
            return make(request)
        limits = (limit(request, obj) for limit in (self.get_extra, self.get_min_num, self.get_max_num))
        rights = (self.has_add_permission, self.has_change_permission, self.has_delete_permission)
        shape = self.parent_model, *shape_of(self, request, obj), *limits, *(may(request, obj) for may in rights)
        return kept_formset(request, self.admin_site.reads_as(request.user), shape, make)

    def may_change_parent(self, request, parent) -> bool:
        """Return whether the user may change the parent record. Cached per request: a page asks some fifty times."""
        known = request.__dict__.setdefault("_may_change", {}) if only_reads(request) else {}
        key = self.parent_model, parent and parent.pk
        if key not in known:
            page = self.admin_site.get_model_admin(self.parent_model)
            known[key] = (
                page.has_add_permission(request) if parent is None else page.has_change_permission(request, parent)
            )
        return known[key]

    def has_view_permission(self, request, obj=None):
        return self.admin_site.lets_in(request.user)

    def has_add_permission(self, request, obj):
        return self.may_change_parent(request, obj)

    def has_change_permission(self, request, obj=None):
        return self.may_change_parent(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self.may_change_parent(request, obj)


class ScopedStackedInline(ScopedInline, admin.StackedInline):
    pass


class ScopedTabularInline(ScopedInline, admin.TabularInline):
    """Rows in a table. Each field has its own aria-label, since a column's heading does not label the fields below it."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None:
            field.widget.attrs["aria-label"] = capfirst(field.label)
        return field
