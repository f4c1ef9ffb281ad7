"""Activities in the admin panel: created and edited on their chair's page; closed, or given another target, by confirmation."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from django import forms
from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, Sum
from django.http import Http404
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from chairs import activities
from chairs.addressees import investigators_of
from chairs.admin.filters import OpenFilter
from chairs.enums import ActivityVerb
from chairs.models import Activity
from chairs.perms import can_edit, can_post_activity
from clusters.perms import can_write_to_people, has_role_anywhere
from clusters.scopes import EDITORS
from core.admin.at_once import AtOnce
from core.admin.base import ScopedAdmin
from core.admin.confirmation import Act, NoteForm, confirm
from core.admin.filters import ScopedRelatedFilter
from core.admin.lifecycle import Button
from core.admin.sums import SumsAdmin
from core.languages import columns_of
from core.money import euros


class TargetForm(forms.ModelForm):
    """The new target, checked like the first one."""

    class Meta:
        model = Activity
        fields = ["target"]
        labels = {"target": _("New target (€)")}

    def given(self) -> dict:
        return self.cleaned_data


@dataclass(frozen=True)
class Verb:
    """What the confirmation page of a verb shows and does."""

    label: str
    effect: str
    done: str
    who: str
    may: Callable
    why_not: Callable
    act: Callable
    form: type[forms.ModelForm] | None = None


VERBS = {
    ActivityVerb.CLOSE: Verb(
        _("Close the activity"),
        _(
            "It accepts no new proposals from now on, and stays on the chair's page as closed. Proposals already sent "
            "continue."
        ),
        _("closed"),
        activities.CLOSING,
        can_post_activity,
        activities.why_not_close,
        activities.close,
    ),
    ActivityVerb.RAISE_TARGET: Verb(
        _("Raise the target"),
        _("More can be accepted from then on, up to the new target. The public page shows it at once."),
        _("target raised"),
        activities.RAISING,
        can_edit,
        activities.why_not_raise,
        activities.raise_target,
        TargetForm,
    ),
    ActivityVerb.LOWER_TARGET: Verb(
        _("Correct the target"),
        _(
            "For a target that was entered too high. It cannot fall below what is agreed, proposed or out for "
            "signature."
        ),
        _("target corrected"),
        activities.LOWERING,
        can_edit,
        activities.why_not_lower,
        activities.lower_target,
        TargetForm,
    ),
}


@admin.register(Activity)
class ActivityAdmin(SumsAdmin, ScopedAdmin):
    """The activities of the chairs that the user may see."""

    change_form_template = "chairs/admin/activity.html"
    who_changes = _("An activity is posted and worded on the page of its chair.")
    list_display = ["__str__", "chair", "amount", "deadline", "is_open", "origin"]
    list_filter = [OpenFilter, ("chair__cluster", ScopedRelatedFilter)]
    list_select_related = ["chair__cluster", "chair__rule"]
    ordering = ["-posted_at", "-pk"]
    search_fields = columns_of("title", "chair__title")
    search_help_text = _("Title of the activity or of its chair.")
    export_columns = ["chair__cluster", "title_en", "title_fr", "regime", "posted_at", "closed_at"]
    page_related = ("chair__cluster",)
    readonly_fields = ["amount"]
    sums_help = _("Net of VAT.")
    fields = [
        "chair",
        ("title_en", "title_fr"),
        ("description_en", "description_fr"),
        ("counterparts_en", "counterparts_fr"),
        ("amount", "regime", "deadline"),
        ("posted_at", "closed_at"),
    ]

    def get_queryset(self, request):
        open_now = Activity.objects.open().filter(pk=OuterRef("pk"))
        return super().get_queryset(request).annotate(is_open_now=Exists(open_now))

    def sums(self, records):
        open_now = Q(pk__in=Activity.objects.open().values("pk"))
        found = records.order_by().aggregate(asked=Sum("target"), asked_now=Sum("target", filter=open_now))
        labels = {"asked": _("Targets"), "asked_now": _("Targets of what is open to sponsors")}
        return [(label, Decimal(found[name] or 0)) for name, label in labels.items()]

    @admin.display(description=_("target (€)"), ordering="target")
    def amount(self, activity):
        return euros(activity.target)

    @admin.display(description=_("open to sponsors"), boolean=True)
    def is_open(self, activity):
        return activity.is_open_now

    @admin.display(description=_("origin"))
    def origin(self, activity):
        return activity.chair.get_origin_display()

    def can_write_to_people(self, user):
        return can_write_to_people(user)

    def get_addressees(self, request, records):
        return investigators_of(records.values("chair"), request.user)

    def get_urls(self):
        view = self.admin_site.admin_view(self.verb_view)
        return [path("<path:object_id>/verb/<slug:verb>/", view, name="chairs_activity_verb"), *super().get_urls()]

    def buttons(self, activity, user) -> list[Button]:
        return [
            Button(str(verb.label), _address("verb", activity.pk, name), verb.why_not(activity, user))
            for name, verb in VERBS.items()
        ]

    def can_act_at_once(self, user):
        return has_role_anywhere(user, EDITORS)

    def acts_at_once(self, request):
        """Offer the bulk action “close”; a target is decided activity by activity."""
        close = VERBS[ActivityVerb.CLOSE]

        def do(activity, form, note):
            close.act(activity, by=request.user, note=note)

        if not self.can_act_at_once(request.user):
            return {}
        return {"close": AtOnce("close", str(close.label), close.why_not, do)}

    def get_page_context(self, request, activity):
        life = {
            "buttons": self.buttons(activity, request.user),
            "timeline": activity.transitions.select_related("by").order_by("-at", "-pk"),
            "chair_url": reverse("admin:chairs_chair_change", args=[activity.chair_id]),
        }
        return {**super().get_page_context(request, activity), **life}

    def verb_view(self, request, object_id, verb):
        """Ask for confirmation (GET), or act and return to the activity (POST)."""
        if verb not in VERBS:
            raise Http404
        activity, declared = self.open_record(request, object_id), VERBS[verb]

        def do(form, note):
            given = form.cleaned_data if form is not None else {}
            declared.act(activity, by=request.user, note=note, **given)

        act = Act(
            label=declared.label,
            effect=declared.effect,
            may=lambda activity, user: declared.may(activity.chair, user),
            who=declared.who,
            why_not=declared.why_not,
            do=do,
            done=_("{record}: {done}.").format(record=activity, done=declared.done),
            form=declared.form and (lambda data, record: declared.form(data, initial={"target": record.target})),
            note=partial(NoteForm, required=bool(declared.form)),
            template="chairs/admin/confirm_activity_verb.html",
        )
        return confirm(self, request, activity, act)


def _address(page: str, *args) -> str:
    return reverse(f"admin:chairs_activity_{page}", args=args)
