"""The form that closes, withdraws or suspends a chair: it asks what happens to each of its sponsorships."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.form_fields import DayField
from core.verbs import NOTE_MAX_LENGTH
from sponsorships.chair_endings import End, Fate, described, fates_of, live_in


class EndDayField(DayField):
    """The day on which a sponsorship ends early; not in the future. Used on its own page and on its chair's."""

    def __init__(self, **kwargs):
        super().__init__(
            label=gettext_lazy("Ends on"),
            initial=timezone.localdate,
            help_text=gettext_lazy("Today or a past date. What is not invoiced by now is no longer expected."),
            **kwargs,
        )

    def validate(self, value):
        super().validate(value)
        if value and value > timezone.localdate():
            raise forms.ValidationError(_("The end cannot be in the future: come back on that day."), code="to_come")


class EndsForm(forms.Form):
    """For each sponsorship of a chair: what happens to it, why, and on which day it ends."""

    template_name = "sponsorships/admin/ends_form.html"
    comes_first = True
    verb = "close"

    def __init__(self, *args, record=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.sponsorships = list(live_in(record))
        for one in self.sponsorships:
            self._ask(one)

    def _ask(self, sponsorship) -> None:
        fates, pk = fates_of(sponsorship, self.verb), sponsorship.pk
        self.fields[f"fate_{pk}"] = forms.ChoiceField(
            label=_("What becomes of it"),
            choices=[(fate.value, fate.label) for fate in fates],
            widget=forms.RadioSelect,
            initial=Fate.LEAVE if self.verb == "suspend" else fates[0] if len(fates) == 1 else None,
            error_messages={"required": _("Say what becomes of it.")},
        )
        if Fate.TERMINATE in fates:
            self.fields[f"on_{pk}"] = EndDayField(required=False)
        self.fields[f"why_{pk}"] = forms.CharField(
            label=_("Reason"),
            required=False,
            max_length=NOTE_MAX_LENGTH,
            widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
            help_text=_("The partner reads it in the e-mail and on its file."),
        )

    def rows(self) -> list[tuple]:
        """Return each sponsorship as a pair: its description, and its bound fields."""
        return [
            (described(one), [self[name] for name in self.fields if name.endswith(f"_{one.pk}")])
            for one in self.sponsorships
        ]

    def clean(self):
        values = super().clean()
        for one in self.sponsorships:
            fate = values.get(f"fate_{one.pk}")
            if fate in {Fate.DECLINE, Fate.TERMINATE} and not values.get(f"why_{one.pk}"):
                self._refuse(f"why_{one.pk}", _("Say why: the partner reads it."))
            if fate == Fate.TERMINATE and not values.get(f"on_{one.pk}"):
                self._refuse(f"on_{one.pk}", _("Enter the day on which it ends."))
        return values

    def _refuse(self, name: str, sentence: str) -> None:
        if name not in self.errors:
            self.add_error(name, forms.ValidationError(sentence, code="required"))

    def given(self) -> dict:
        said = self.cleaned_data
        return {
            "ends": {
                one.pk: End(said[f"fate_{one.pk}"], said.get(f"why_{one.pk}", ""), said.get(f"on_{one.pk}"))
                for one in self.sponsorships
            }
        }


class SuspensionForm(EndsForm):
    verb = "suspend"


class WithdrawalForm(EndsForm):
    verb = "withdraw"


def ending_forms() -> dict[str, type[EndsForm]]:
    """Return the form class by verb, for the verbs that end or suspend a chair."""
    return {"close": EndsForm, "withdraw": WithdrawalForm, "suspend": SuspensionForm}
