"""Changes that need a second person: requested on the record's page, decided on their own page."""

from functools import partial

from django import forms
from django.apps import apps
from django.contrib import admin
from django.db.models import CharField, Q
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from clusters.models import ChangeRequest
from clusters.models.change_request import WHY_MAX_LENGTH
from clusters.scopes import EDITORS, clusters_of, clusters_with
from clusters.second_person import ROWS, ask, confirm_change, consequences_of, refuse_change
from core.admin.base import ScopedAdmin
from core.admin.confirmation import Act, confirm
from core.admin.dashboard import Wait
from core.admin.filters import WaitingFilter
from core.admin.history import label_of
from core.admin.named_records import FoundByRecord
from core.admin.record_page import link_to_current
from core.changes import NOTHING, Change, display_value
from core.on_behalf import hands_of
from core.prepared import Argument, Prepared

WHO = gettext_lazy("Editors and managers of the cluster; a colleague of whoever asked decides.")


class WhyForm(forms.Form):
    """The reason for a change."""

    template_name = "admin/act_form.html"
    comes_first = True
    why = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=WHY_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        error_messages={"required": gettext_lazy("Say why: your colleague decides by it.")},
    )


class AskForm(WhyForm, forms.ModelForm):
    """The proposed values of a record, and the reason."""

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not set(self.changed_data) - {"why"}:
            self.add_error(None, forms.ValidationError(_("Nothing differs from what the record says."), code="same"))
        return cleaned


class SecondPersonAdmin:
    """Adds to a ScopedAdmin the page that requests a change of `guarded_fields`."""

    guarded_fields: tuple[str, ...] = ()

    def is_guarded(self, record) -> bool:
        """Return whether changes of the record's guarded fields need two people."""
        return True

    def guarding_cluster(self, record, user):
        """Return the cluster whose staff decide; None if this user may not request the change."""
        return None

    def get_urls(self):
        name, view = f"{self.opts.app_label}_{self.opts.model_name}_ask", self.admin_site.admin_view
        return [path("<int:object_id>/ask/", view(self.ask_view), name=name), *super().get_urls()]

    def get_readonly_fields(self, request, obj=None):
        fixed = super().get_readonly_fields(request, obj)
        return [*fixed, *self.guarded_fields] if obj is not None and self.is_guarded(obj) else fixed

    def get_page_context(self, request, record):
        context = super().get_page_context(request, record)
        if not self.is_guarded(record):
            return context
        waiting = _waiting(kind=self.opts.label_lower, record=record.pk)
        context["waiting_changes"] = [
            (one, page_of(one, request.user)) for one in waiting if can_see(one, request.user)
        ]
        if not waiting and self.guarding_cluster(record, request.user):
            url = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_ask", args=[record.pk])
            link = (_("Change with a second person"), url)
            context["record_links"] = [*context.get("record_links", []), link]
        return context

    def ask_view(self, request, object_id):
        """Request a change (POST): the record is unchanged until a colleague confirms."""
        record = self.get_object(request, str(object_id))
        return confirm(self, request, record, Act(
            label=gettext_lazy("Change with a second person"),
            effect=gettext_lazy("The record stays as it is until a colleague confirms the change."),
            may=lambda record, user: self.guarding_cluster(record, user) is not None,
            who=WHO,
            why_not=lambda record, user: [] if self.is_guarded(record) else [_("This can be changed on the record’s page, by one person.")],
            do=partial(self._ask_for, request, record),
            done=_("The change waits for a colleague."),
            form=lambda data, record: self._ask_form()(data, instance=self.fetch(request, str(record.pk))),
            button=gettext_lazy("Ask for it"),
        ))  # fmt: skip

    def _ask_form(self):
        return forms.modelform_factory(
            self.model, form=AskForm, fields=self.guarded_fields, formfield_callback=partial(_field_of, self)
        )

    def _ask_for(self, request, record, form, note):
        changed = [self.opts.get_field(name).attname for name in form.changed_data if name != "why"]
        values = {name: getattr(form.instance, name) for name in changed}
        fresh = self.fetch(request, str(record.pk))
        cluster = self.guarding_cluster(fresh, request.user)
        ask(fresh, values, why=form.cleaned_data["why"], cluster=cluster, by=request.user)


@Prepared
def _waiting():
    """Return the open change request of a record, if any."""
    here = {"kind": Argument("kind", CharField()), "record": Argument("record")}
    return ChangeRequest.objects.open().filter(**here).select_related("asked_by", "on_behalf_of")


def can_see(asked, user) -> bool:
    scope = clusters_of(user)
    return user.is_superuser or scope.is_national or asked.cluster_id in scope.pks


def page_of(asked, user) -> str:
    """Return the URL of the page that decides the request if the user may, else of the page that shows it."""
    page = "decide" if asked.cluster_id in clusters_of_editor(user) and not is_of(asked, user) else "change"
    return reverse(f"admin:clusters_changerequest_{page}", args=[asked.pk])


def is_of(asked, user) -> bool:
    """Return whether the user asked for the change: themselves, as a stand-in, or through their own stand-in."""
    return not hands_of(user).isdisjoint({asked.asked_by_id, asked.on_behalf_of_id})


def _field_of(page, db_field, **kwargs):
    """Return the form field for a column, with the panel's formats for days and numbers."""
    return page.formfield_for_dbfield(db_field, None, **kwargs)


class DecisionForm(forms.Form):
    """The decision: confirm the change, or refuse it."""

    CONFIRM, REFUSE = "confirm", "refuse"

    template_name = "admin/act_form.html"
    comes_first = True
    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[(CONFIRM, gettext_lazy("Confirm the change")), (REFUSE, gettext_lazy("Leave the record as it is"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the two.")},
    )


@admin.register(ChangeRequest)
class ChangeRequestAdmin(FoundByRecord, ScopedAdmin):
    """Change requests, open and decided."""

    who_changes = gettext_lazy("A request stays as it was made. It is decided on a page of its own.")
    list_display = ["named", "cluster", "asker", "asked_at", "decider", "is_confirmed"]
    list_filter = [WaitingFilter, "is_confirmed"]
    list_select_related = page_related = ["cluster", "asked_by", "on_behalf_of", "decided_by", "decided_for"]
    search_fields = [
        *("name", "cluster__name", "cluster__acronym", "asked_by__name", "on_behalf_of__name", "decided_by__name"),
        "decided_for__name",
    ]
    search_help_text = gettext_lazy("Name or people of the record, its cluster, or who asked or decided.")
    ordering = ["-asked_at", "-pk"]
    # A primary key, which no form shows.
    exclude = ["record"]
    fields = ["about", "what", "cluster", "why", "asker", "asked_at", "decider", "decided_at", "is_confirmed"]
    readonly_fields = ["about", "what", "asker", "decider"]

    @admin.display(description=gettext_lazy("record"))
    def about(self, asked):
        return link_to_current(asked)

    @admin.display(description=gettext_lazy("what it is about"), ordering="name")
    def named(self, asked):
        return asked.present_name

    @admin.display(description=gettext_lazy("asked by"), ordering="asked_by__name")
    def asker(self, asked):
        return asked.asker

    @admin.display(description=gettext_lazy("decided by"), ordering="decided_by__name")
    def decider(self, asked):
        return asked.decider or "—"

    @admin.display(description=gettext_lazy("change"))
    def what(self, asked):
        parts = ((capfirst(change.label), change.before, change.after) for change in changes_of(asked))
        return format_html_join(mark_safe("<br>"), "{}<br><del>{}</del> → <ins>{}</ins>", parts)

    def pages_of_records(self):
        return [page for page in self.admin_site._registry.values() if isinstance(page, SecondPersonAdmin)]

    def get_urls(self):
        view = self.admin_site.admin_view(self.decide_view)
        return [path("<int:object_id>/decide/", view, name="clusters_changerequest_decide"), *super().get_urls()]

    def get_page_context(self, request, record):
        context = super().get_page_context(request, record)
        if ChangeRequest.objects.decidable_by(request.user).filter(pk=record.pk).exists():
            link = (_("Decide"), reverse("admin:clusters_changerequest_decide", args=[record.pk]))
            context["record_links"] = [*context.get("record_links", []), link]
        return context

    def decide_view(self, request, object_id):
        """Show the change and its reason; confirm or refuse it."""
        asked = self.get_object(request, str(object_id))
        mine = self.get_visible(request.user).filter(pk=asked.pk, cluster__in=clusters_of_editor(request.user))
        return confirm(self, request, asked, Act(
            label=gettext_lazy("Decide on a change"),
            effect="",
            facts=(
                (_("Record"), self.about(asked)),
                (_("Asked by"), _("%(name)s, on %(day)s") % {"name": asked.asker, "day": date_format(asked.asked_at)}),
                (_("Why"), asked.why),
            ),
            may=lambda record, user: mine.exists(),
            who=WHO,
            why_not=why_not_decide,
            do=partial(self._decide, request, asked),
            done=lambda decided: _decided(decided) % {"record": decided},
            form=lambda data, record: DecisionForm(data),
            template="admin/restore_version.html",
            shows=lambda record: {"changes": changes_of(record), "consequences": consequences_of(record)},
            button=gettext_lazy("Decide"),
        ))  # fmt: skip

    def _decide(self, request, asked, form, note):
        act = confirm_change if form.cleaned_data["decision"] == DecisionForm.CONFIRM else refuse_change
        act(asked, by=request.user)
        return self.fetch(request, str(asked.pk))

    def get_waiting(self, user):
        return ChangeRequest.objects.decidable_by(user)

    def waits(self, user):
        def asked():
            return (
                self.get_waiting(user).select_related("asked_by", "on_behalf_of", "cluster").order_by("asked_at", "pk")
            )

        def own():
            theirs = Q(asked_by__in=hands_of(user)) | Q(on_behalf_of__in=hands_of(user))
            mine = ChangeRequest.objects.open().filter(theirs, cluster__in=clusters_of_editor(user))
            return mine.select_related("asked_by", "on_behalf_of", "cluster").order_by("asked_at", "pk")

        return [
            Wait(self, asked, _to_decide, "?waiting=me", _by_whom, there=_decided_at),
            Wait(self, own, _with_colleagues, "?is_confirmed__isnull=True", _by_whom, is_asked=False),
        ]


def clusters_of_editor(user):
    return clusters_with(user, EDITORS)


def why_not_decide(asked, user) -> list[str]:
    """Return why this user cannot decide the request now."""
    if asked.decided_at is not None:
        return [_("This has already been decided.")]
    if is_of(asked, user):
        return [_("Whoever asked for a change does not confirm it: a colleague does.")]
    return []


def changes_of(asked) -> list[Change]:
    """Return the changes of the request, a line for each value that differs."""
    fields = {one.attname: one for one in apps.get_model(asked.kind)._meta.concrete_fields}

    def said(name, values):
        field, value = fields[name], fields[name].to_python(values[name])
        if value in (None, ""):
            return NOTHING
        if field.is_relation:
            return str(field.remote_field.model._base_manager.filter(pk=value).first() or value)
        return display_value(value)

    changes = []
    for name in asked.values:
        if rows := ROWS.get((asked.kind, name)):
            changes += rows.differences(asked.before[name], asked.values[name])
        else:
            changes.append(Change(label_of(fields[name]), said(name, asked.before), said(name, asked.values)))
    return changes


def _decided(asked) -> str:
    return _("%(record)s: the change is made.") if asked.is_confirmed else _("%(record)s stays as it is.")


def _by_whom(asked) -> str:
    return _("asked by %(who)s on %(day)s") % {"who": asked.asker, "day": date_format(asked.asked_at)}


def _decided_at(asked) -> str:
    return reverse("admin:clusters_changerequest_decide", args=[asked.pk])


def _with_colleagues(number) -> str:
    return ngettext(
        "%d change that you asked for waits for a colleague", "%d changes that you asked for wait for a colleague", number
    ) % number  # fmt: skip


def _to_decide(number) -> str:
    return (
        ngettext("%d change asks for a second person", "%d changes ask for a second person", number) % number
    )  # fmt: skip
