"""Pages that find duplicate records, compare them, record that they differ, merge them, and undo a merge.

An admin adds them with `MergingAdmin` and declares what to compare. `get_mergeable` says who may, for both records.
"""

from functools import cache

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.admin.confirmation import Act, confirm
from core.admin.history import label_of
from core.admin.readers_queries import keep, known
from core.changes import NOTHING, display_value
from core.duplicates import fingerprint, has_probable_pair, lines_of, probable_pairs, told_apart
from core.merging import merge, references_to, undo, why_not_merge, why_not_undo
from core.models import Merge, NotTheSame
from core.primary_keys import is_key
from core.stamps import stamp, stamp_of

KEPT, GONE = "kept", "gone"
MAX_FOUND = 20
MAX_MERGES = 20


class MergeForm(forms.Form):
    """Asks, for each field in which the two records differ, which value the remaining record takes.

    A field that is `fixed` keeps the remaining record's value.
    """

    template_name = "admin/_merge_fields.html"
    comes_first = True

    def __init__(self, data, kept, gone, names, fixed=()):
        super().__init__(data)
        self.kept, self.gone, self.names, self.same = kept, gone, names, []
        for name in names:
            field = kept._meta.get_field(name)
            mine, other = (_shown(field, record) for record in (kept, gone))
            if mine == other or name in fixed:
                self.same.append((capfirst(label_of(field)), mine))
                continue
            self.fields[name] = forms.ChoiceField(
                label=capfirst(label_of(field)),
                choices=[(KEPT, mine), (GONE, other)],
                initial=GONE if _is_empty(field, kept) else KEPT,
                widget=forms.RadioSelect,
            )

    def chosen(self) -> dict:
        """Return the values to copy from the other record, by field name."""
        taken = [name for name, of in self.cleaned_data.items() if of == GONE]
        return {name: getattr(self.gone, name) for name in taken}


class MergingAdmin:
    """Adds the pages about duplicates to a ScopedAdmin."""

    # The fields to compare and choose; the identifiers by which pairs are found; and fields that are copied, without
    # asking, where the remaining record's are empty.
    merge_fields: tuple[str, ...] = ()
    merge_identifiers: tuple[str, ...] = ()
    merge_filled: tuple[str, ...] = ()
    merges_people = False
    who_merges = ""

    def get_mergeable(self, user):
        """Return the records that this user may merge."""
        return self.get_visible(user)

    def can_merge_any(self, user) -> bool:
        """Return whether the user may open the pages about duplicates."""
        return self.can_change(user)

    def can_merge(self, user, record) -> bool:
        return self.can_merge_any(user) and self.get_mergeable(user).filter(pk=record.pk).exists()

    def telling_of_twins(self, record, user) -> list[str]:
        """Return what distinguishes the two records of a pair, without a query for each."""
        return self.telling(record, user)

    def get_merge_fields(self, user, record) -> tuple[str, ...]:
        return self.merge_fields

    def get_fixed_fields(self, record) -> tuple[str, ...]:
        """Return the fields in which a merge leaves the remaining record as it is."""
        return ()

    def why_not_merge(self, kept, gone) -> list[str]:
        """Return the reasons why the two cannot be merged, as sentences. Subclasses add to those for every model."""
        return why_not_merge(kept, gone)

    def why_not_undo(self, done) -> list[str]:
        return why_not_undo(done)

    def after_merge(self, kept, gone) -> list:
        """Add rows to the remaining record that mention the other one, and return them. A hook."""
        return []

    def get_urls(self):
        name, view = f"{self.opts.app_label}_{self.opts.model_name}", self.admin_site.admin_view
        return [
            path("duplicates/", view(self.duplicates_view), name=f"{name}_duplicates"),
            path("merges/<int:pk>/undo/", view(self.undo_view), name=f"{name}_undo_merge"),
            path("<int:object_id>/duplicates/", view(self.duplicates_of_view), name=f"{name}_duplicates_of"),
            path("<int:object_id>/merge/<int:other_id>/", view(self.merge_view), name=f"{name}_merge"),
            *super().get_urls(),
        ]

    def merging_url(self, name: str, *args) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{name}", args=args)

    def changelist_view(self, request, extra_context=None):
        links = [(_("Probable duplicates"), self.merging_url("duplicates"))] if self.can_merge_any(request.user) else []
        return super().changelist_view(request, {"list_links": links, **(extra_context or {})})

    def get_page_context(self, request, record):
        context = super().get_page_context(request, record)
        if self.can_merge(request.user, record):
            link = (_("Merge with a duplicate"), self.merging_url("duplicates_of", record.pk))
            context["record_links"] = [*context.get("record_links", []), link]
        return context

    def duplicates_view(self, request):
        """List probable duplicates (GET), or record that two records differ (POST)."""
        if not self.can_merge_any(request.user):
            raise PermissionDenied
        if request.method == "POST":
            return self._tell_apart(request)
        merges = Merge.objects.filter(kind=self.opts.label_lower).select_related(
            "by", "on_behalf_of", "undone_by", "undone_for"
        )
        mine = self.get_mergeable(request.user).order_by().values("pk")
        context = {
            **self.admin_site.each_context(request),
            "title": _("Probable duplicates"),
            "opts": self.opts,
            "pairs": self._pairs(request),
            "merges": [
                (one, self.merging_url("undo_merge", one.pk)) for one in merges.filter(kept__in=mine)[:MAX_MERGES]
            ],
        }
        return TemplateResponse(request, "admin/duplicates.html", context)

    def duplicates_of_view(self, request, object_id):
        """List probable duplicates of one record, and search for others."""
        record = self._mergeable(request, object_id)
        others = self.get_mergeable(request.user).exclude(pk=record.pk)
        text = request.GET.get("q", "").strip()
        found = self.get_search_results(request, others, text)[0][:MAX_FOUND] if text else []
        context = {
            **self.admin_site.each_context(request),
            "title": _("Merge with a duplicate"),
            "opts": self.opts,
            "original": record,
            "record_url": self.merging_url("change", record.pk),
            "pairs": self._pairs(request, about=record.pk),
            "text": text,
            "found": [self._described(request, record, one) for one in found],
        }
        return TemplateResponse(request, "admin/duplicates_of.html", context)

    def has_probable_pair(self, request) -> bool:
        """Return whether the user has a probable pair to decide on. Cached until a name, an identifier or a decision changes."""
        if not self.can_merge_any(request.user):
            return False
        records, apart = self.get_mergeable(request.user), told_apart(self.model)
        reader, name = self.admin_site.reads_as(request.user), ("twins", self.opts.label)
        return known(request, reader, (*name, apart), lambda: self._is_any_pair(name, records, apart))

    def _is_any_pair(self, name, records, apart) -> bool:
        """Return whether any two records are a probable pair, cached by a fingerprint of the compared values."""
        fields, of_people = self.merge_identifiers, self.merges_people
        lines = lines_of(records, fields)
        key = (*name, fingerprint(lines, apart))
        return keep(key, lambda: has_probable_pair(lines, fields, apart, of_people=of_people))

    def _pairs(self, request, about=None):
        user, records = request.user, self.get_mergeable(request.user)
        pairs = probable_pairs(records, self.merge_identifiers, of_people=self.merges_people, about=about)
        return [
            {
                "pair": pair,
                "shared": "" if pair.shared == ("name",) else ", ".join(pair.shared),
                "both": [(one, self.merging_url("change", one.pk), _said(self.telling_of_twins(one, user))) for one in (pair.first, pair.second)],
                "url": self.merging_url("merge", pair.first.pk, pair.second.pk),
            }
            for pair in pairs
        ]  # fmt: skip

    def _described(self, request, record, other):
        return other, _said(self.telling_of_twins(other, request.user)), self.merging_url("merge", record.pk, other.pk)

    def _tell_apart(self, request):
        keys = sorted(int(key) for key in request.POST.getlist("record") if is_key(key))
        if len(keys) != 2 or keys[0] == keys[1]:
            raise Http404
        first, second = (self._mergeable(request, key) for key in keys)
        NotTheSame.objects.get_or_create(
            kind=self.opts.label_lower, first=first.pk, second=second.pk, defaults={"by": request.user}
        )
        said = _("“%(first)s” and “%(second)s” are two: this pair is not proposed any more.")
        messages.success(request, said % {"first": first, "second": second})
        return HttpResponseRedirect(self.merging_url("duplicates"))

    def _mergeable(self, request, key):
        record = self.get_object(request, str(key))
        if not self.can_merge(request.user, record):
            raise PermissionDenied
        return record

    def merge_view(self, request, object_id, other_id):
        """Compare two records (GET), or merge them (POST): the first one stays."""
        if there := self._merged_before(request, {object_id, other_id}):
            return HttpResponseRedirect(there)
        kept, gone = self.get_object(request, str(object_id)), self.get_object(request, str(other_id))
        # Cached, because both the fingerprint and the page need it.
        counted = cache(lambda: self._counted(gone, kept))
        act = Act(
            label=gettext_lazy("Merge two records"),
            effect=gettext_lazy(
                "All that belongs to the second record goes to the first. The second goes, and its address leads to the "
                "first. This can be undone as long as nothing of it has changed."
            ),
            may=lambda record, user: self.can_merge(user, record) and self.can_merge(user, gone),
            who=self.who_merges or self.who_changes,
            why_not=lambda record, user: self.why_not_merge(record, gone),
            do=lambda form, note: self._merge(request, kept, gone, form),
            done=_("“%(gone)s” is now one with “%(kept)s”.") % {"gone": gone, "kept": kept},
            form=lambda data, record: MergeForm(
                data, record, gone, self.get_merge_fields(request.user, record), self.get_fixed_fields(record)
            ),
            template="admin/merge.html",
            button=gettext_lazy("Merge"),
            shows=lambda record: self._what_moves(request.user, gone, record, *counted()),
            seen=lambda record: stamp(stamp_of(record), stamp_of(gone), counted()),
        )
        return confirm(self, request, kept, act)

    def _merged_before(self, request, keys) -> str:
        """Return the URL of the remaining record, with a message, if the two were merged already; else an empty text."""
        if not all(is_key(str(key)) for key in keys):
            raise Http404
        merges = Merge.objects.filter(kind=self.opts.label_lower, kept__in=keys, gone__in=keys, undone_at=None)
        done = merges.first()
        kept = done and self.get_mergeable(request.user).filter(pk=done.kept).first()
        if not kept:
            return ""
        said = {"gone": done.gone_name, "kept": kept}
        messages.info(request, _("“%(gone)s” was merged into “%(kept)s” already.") % said)
        return self.merging_url("change", kept.pk)

    def _merge(self, request, kept, gone, form):
        chosen = form.chosen()
        empty = [name for name in self.merge_filled if getattr(kept, name) in (None, "", [])]
        chosen |= {name: getattr(gone, name) for name in self.merge_filled if name in empty}
        merge(kept=kept, gone=gone, chosen=chosen, by=request.user, after=self.after_merge)

    def _counted(self, gone, kept) -> tuple[list, int, int]:
        """Return the number of records to move by model, of history lines to move, and of rows to set aside."""
        counted: dict = {}
        history = aside = 0
        for one in references_to(gone, kept):
            if one.is_history:
                history += len(one.rows)
                continue
            owner = one.model._meta.auto_created or one.model
            counted[owner] = counted.get(owner, 0) + len(one.to_move)
            aside += len(one.to_set_aside)
        moves = [
            (str(capfirst(owner._meta.verbose_name_plural)), number) for owner, number in counted.items() if number
        ]
        return moves, history, aside

    def _what_moves(self, user, gone, kept, moves, history, aside):
        return {
            "gone": gone,
            "both": [(record, self.merging_url("change", record.pk), _said(self.telling(record, user))) for record in (kept, gone)],
            "moves": moves,
            "history_moves": history,
            "set_aside": aside,
            "swap_url": self.merging_url("merge", gone.pk, kept.pk),
        }  # fmt: skip

    def undo_view(self, request, pk):
        """Confirm that a merge is undone (GET), or undo it (POST)."""
        done = get_object_or_404(Merge.objects.filter(kind=self.opts.label_lower), pk=pk)
        kept = self.get_object(request, str(done.kept))
        act = Act(
            label=gettext_lazy("Undo a merge"),
            effect=_("“%(gone)s” comes back with all that was moved from it.") % {"gone": done.gone_name},
            may=lambda record, user: self.can_merge(user, record),
            who=self.who_merges or self.who_changes,
            why_not=lambda record, user: self.why_not_undo(done),
            do=lambda form, note: undo(done, by=request.user),
            done=_("“%(gone)s” is a record of its own again.") % {"gone": done.gone_name},
            button=gettext_lazy("Undo"),
        )
        return confirm(self, request, kept, act)


def _said(parts: list[str]) -> list[str]:
    """Return the texts that distinguish a record, without empty ones."""
    return [part for part in parts if part]


def _is_empty(field, record) -> bool:
    return getattr(record, field.attname) in (None, "", [])


def _shown(field, record) -> str:
    if _is_empty(field, record):
        return NOTHING
    if field.choices:
        return str(getattr(record, f"get_{field.name}_display")())
    return display_value(getattr(record, field.name))
