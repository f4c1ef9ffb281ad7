"""The forms that take outputs to add: pasted identifiers or BibTeX, or a file of either or of HAL's JSON."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from chairs.outputs.bibtex import read_bibtex
from chairs.outputs.candidates import Candidate, Refusal, read_lines
from chairs.outputs.hal_documents import read_hal_export
from chairs.outputs.proposals import plan_proposals
from chairs.outputs.references import grant_key
from clusters.models import Cluster
from core.uploads import DroppedUpload

# Enough for ten thousand entries as HAL exports them.
MAX_FILE_SIZE = 8 * 1024 * 1024
MAX_PASTED = 1_000_000
BIBTEX = re.compile(r"@\s*[A-Za-z]+\s*[{(]")


def read_given(text: str) -> tuple[list[Candidate], list[Refusal]]:
    """Return the candidates and refusals of a text in any of the three formats."""
    if text.lstrip()[:1] in ("{", "["):
        return read_hal_export(text)
    return read_bibtex(text) if BIBTEX.search(text) else read_lines(text)


class GivenForm(forms.Form):
    """Takes pasted text, a file, or both; the pasted text is read first."""

    pasted = forms.CharField(
        label=_("DOIs or HAL ids, one a line; or BibTeX"),
        help_text=_("Addresses of them will do: https://doi.org/10.1000/182, https://hal.science/hal-04012345v2."),
        required=False,
        max_length=MAX_PASTED,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=_("Or a file"),
        help_text=_("BibTeX, or what HAL exports as BibTeX or JSON; up to 8 MB."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".bib,.bibtex,.txt,.json", "class": "form-control"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and (isinstance(file, DroppedUpload) or file.size > MAX_FILE_SIZE):
            said = _t("The file is too large (%(size)s): at most %(most)s. Split it.")
            sizes = {"size": filesizeformat(file.size), "most": filesizeformat(MAX_FILE_SIZE)}
            raise ValidationError(said, code="too_large", params=sizes)
        return _decoded(file.read()) if file else ""

    def clean(self):
        values = super().clean()
        if not values.get("file") and not values.get("pasted") and not self.errors:
            self.add_error(
                "pasted", ValidationError(_t("Paste identifiers or BibTeX, or choose a file."), code="required")
            )
        return values

    def read(self) -> tuple[list[Candidate], list[Refusal]]:
        given = [read_given(text) for text in (self.cleaned_data["pasted"], self.cleaned_data["file"]) if text]
        candidates = [candidate for found, _refused in given for candidate in found]
        return candidates, [refusal for _found, refused in given for refusal in refused]


class ReferenceForm(GivenForm):
    """The same form for a cluster: outputs that name its grant are proposed to their authors' chairs."""

    cluster = forms.ModelChoiceField(label=_("Cluster"), queryset=Cluster.objects.none(), empty_label=None)
    field_order = ["cluster", "pasted", "file"]

    def __init__(self, *args, clusters, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["cluster"].queryset = clusters
        # Evaluated once: Django would query each time that the choices are read.
        self.fields["cluster"].choices = [(cluster.pk, str(cluster)) for cluster in clusters]
        self.fields["pasted"].label = _("BibTeX")
        self.fields["pasted"].help_text = _("The field “funding” or “note” of an entry names the grant.")

    def clean_cluster(self):
        cluster = self.cleaned_data["cluster"]
        if grant_key(cluster.anr_reference) is None:
            raise ValidationError(_t("This cluster has no ANR reference on record: write it on its page first."))
        return cluster

    def plan(self):
        return plan_proposals(self.cleaned_data["cluster"], *self.read())


def _decoded(content: bytes) -> str:
    """Return a file's text. Raise ValidationError if it is not a text file."""
    if b"\x00" in content:
        raise ValidationError(_t("This is not a text file."), code="not_text")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")  # the encoding of older Windows tools
