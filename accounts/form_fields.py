from django import forms
from django.utils.translation import gettext_lazy as _


class OwnNameField(forms.CharField):
    """The name of whoever opens an account, which a browser may fill in."""

    widget = forms.TextInput({"autocomplete": "name"})

    def __init__(self, **options):
        said = {"label": _("Your name"), "max_length": 150, "help_text": _("First name, then family name.")}
        super().__init__(**(said | options))
