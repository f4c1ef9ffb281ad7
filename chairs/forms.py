"""The forms in which investigators write about their own chair."""

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from chairs.models import Activity, Chair


class TwoLanguagesForm(forms.ModelForm):
    """A form with a field per language, which screen readers read in that language."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if name.endswith(("_en", "_fr")):
                field.widget.attrs["lang"] = name[-2:]


class PageTextForm(TwoLanguagesForm):
    """The plain-language texts of a chair's page, in both languages; staff edit everything else on it."""

    class Meta:
        model = Chair
        fields = ["summary_en", "summary_fr", "description_en", "description_fr"]
        labels = {
            "summary_en": _("In plain words, in English"),
            "summary_fr": _("In plain words, in French"),
            "description_en": _("Research programme, in English"),
            "description_fr": _("Research programme, in French"),
        }


class ActivityForm(TwoLanguagesForm):
    """Posts an activity that partners can fund, in at least one language."""

    class Meta:
        model = Activity
        fields = [
            "title_en",
            "title_fr",
            "description_en",
            "description_fr",
            "counterparts_en",
            "counterparts_fr",
            "target",
            "regime",
            "deadline",
        ]
        widgets = {
            **{
                f"{name}_{language}": forms.Textarea(attrs={"rows": 4})
                for name in ("description", "counterparts")
                for language in ("en", "fr")
            },
        }
        labels = {
            "title_en": _("Title, in English"),
            "title_fr": _("Title, in French"),
            "description_en": _("Description, in English"),
            "description_fr": _("Description, in French"),
            "counterparts_en": _("What the partner gets, in English"),
            "counterparts_fr": _("What the partner gets, in French"),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["regime"].required = False  # left empty, it means either regime

    def clean(self):
        values = super().clean()
        for name in ("title", "description"):
            versions = {f"{name}_en", f"{name}_fr"}
            if not any(values.get(version) for version in versions) and not versions & self.errors.keys():
                message = _t("Write it in English, in French, or in both.")
                self.add_error(f"{name}_en", forms.ValidationError(message, code="language_missing"))
        return values

    def clean_deadline(self):
        deadline = self.cleaned_data["deadline"]
        if deadline and Activity(deadline=deadline).is_closed():
            raise forms.ValidationError(_t("This date is in the past."), code="deadline_past")
        return deadline
