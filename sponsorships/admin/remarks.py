from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.verbs import NOTE_MAX_LENGTH
from sponsorships.models.submission import DOCUMENTS, PROPOSED_FIELDS, label_of


class RemarksForm(forms.Form):
    """The form of a request for changes: tick fields of the proposal, and say what to change in each."""

    template_name = "sponsorships/admin/remarks_form.html"

    def __init__(self, *args, record=None, **kwargs):
        super().__init__(*args, **kwargs)
        for name in (*PROPOSED_FIELDS, DOCUMENTS):
            label = capfirst(label_of(name))
            self.fields[f"ask_{name}"] = forms.BooleanField(label=label, required=False)
            self.fields[f"remark_{name}"] = forms.CharField(
                label=_("What to change: %(part)s") % {"part": label},
                required=False,
                max_length=NOTE_MAX_LENGTH,
                widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
            )

    def parts(self) -> list[tuple]:
        """Return a pair of bound fields (tick, remark) for each part of the proposal."""
        return [(self[f"ask_{name}"], self[f"remark_{name}"]) for name in (*PROPOSED_FIELDS, DOCUMENTS)]

    def clean(self):
        values = super().clean()
        for name in (*PROPOSED_FIELDS, DOCUMENTS):
            is_asked, text = values.get(f"ask_{name}"), values.get(f"remark_{name}")
            if is_asked and not text and f"remark_{name}" not in self.errors:
                self._refuse(name, _("Say what should change here, or untick it."))
            elif text and not is_asked:
                self._refuse(name, _("Tick this part, or clear what you wrote about it."))
        return values

    def _refuse(self, name: str, sentence: str) -> None:
        self.add_error(f"remark_{name}", forms.ValidationError(sentence, code="tick_and_words_differ"))

    def given(self) -> dict:
        """Return the verb's keyword arguments: the remarks by field."""
        said = {name: self.cleaned_data[f"remark_{name}"] for name in (*PROPOSED_FIELDS, DOCUMENTS)}
        return {"remarks": {name: text for name, text in said.items() if text}}
