from django import forms
from django.utils.translation import gettext_lazy as _

from chairs.forms import TwoLanguagesForm
from yearly.models import ChairYearReport

ROWS = 5


class ChairYearReportForm(TwoLanguagesForm):
    """The texts of a chair's yearly report; the site counts the figures."""

    class Meta:
        model = ChairYearReport
        fields = [
            "highlights_en",
            "highlights_fr",
            "results_en",
            "results_fr",
            "difficulties_en",
            "difficulties_fr",
            "corrections",
        ]
        widgets = {name: forms.Textarea(attrs={"rows": ROWS}) for name in fields}
        labels = {
            "highlights_en": _("Highlights, in English"),
            "highlights_fr": _("Highlights, in French"),
            "results_en": _("Results, in English"),
            "results_fr": _("Results, in French"),
            "difficulties_en": _("Difficulties, in English"),
            "difficulties_fr": _("Difficulties, in French"),
        }
