"""The panel's form to adopt a chair that a published source proves."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chairs.adoption import WAYS, adopt_as
from chairs.models import ChairKind
from core.form_fields import DayField, refuse_reversed

EFFECT = gettext_lazy(
    "The chair runs from now on in the hands of its cluster: it can be edited, sponsored and reported on. It stays public, "
    "with its sources and the people whom they name. A rule of its kind that it breaks needs an explanation. This cannot "
    "be undone."
)

AS_APPROVED = gettext_lazy(
    "The chair is approved from now on, in the hands of its cluster, which starts it when it begins: it can be edited, sponsored "
    "and reported on. It stays public, with its sources and the people whom they name. A rule of its kind that it breaks needs an "
    "explanation. This cannot be undone."
)
AS_CLOSED = gettext_lazy(
    "The chair is kept by its cluster as one that has ended: it can be reported on, and takes no sponsors. It stays public, with "
    "its sources and the people whom they name. A rule of its kind that it breaks needs an explanation. This cannot be undone."
)


class AdoptionForm(forms.Form):
    """What the source does not say: the chair's kind, and its first and last day if known."""

    template_name = "admin/act_form.html"
    comes_first = True

    kind = forms.ModelChoiceField(ChairKind.objects.none(), label=gettext_lazy("Kind"))
    starts_on = DayField(label=gettext_lazy("From"), required=False)
    ends_on = DayField(
        label=gettext_lazy("Until"),
        required=False,
        help_text=gettext_lazy("Leave the days empty where nobody states them."),
    )

    def __init__(self, *args, record, **kwargs):
        super().__init__(*args, **kwargs)
        used = Q(clusters=None) | Q(clusters=record.cluster_id)
        self.fields["kind"].queryset = ChairKind.objects.filter(used).distinct()

    def clean(self):
        values = super().clean()
        refuse_reversed(self, _("The chair ends before it starts."))
        return values

    def given(self) -> dict:
        return {name: self.cleaned_data[name] for name in ("kind", "starts_on", "ends_on")}


class AdoptionAdmin:
    """Passes the form's kind and days to the adoption verbs."""

    def perform(self, request, record, declared, form, note):
        if declared.name not in WAYS:
            return super().perform(request, record, declared, form, note)
        adopt_as(record, by=request.user, note=note, way=declared.name, **form.given())
