from django import forms
from django.utils.translation import gettext_lazy as _


class OwnNameField(forms.CharField):
    """The name of the person who signs up. A browser may fill it in."""

    widget = forms.TextInput({"autocomplete": "name"})

    def __init__(self, **options):
        said = {"label": _("Your name"), "max_length": 150, "help_text": _("First name, then family name.")}
        super().__init__(**(said | options))
