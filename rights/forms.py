from django import forms
from django.utils.translation import gettext_lazy as _

from rights.models import CorrectionRequest


class CorrectionForm(forms.ModelForm):
    """What somebody wants corrected, in their own words."""

    class Meta:
        model = CorrectionRequest
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}
        error_messages = {"text": {"required": _("Say what is wrong, and what would be right.")}}
