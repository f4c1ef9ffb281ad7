from django import forms
from django.utils.translation import gettext_lazy as _


class AlertForm(forms.Form):
    """The address to which the alerts of a search are mailed."""

    address = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("It serves for this alert only. You get a link by which you confirm it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Enter the address to which the alerts are sent.")},
    )
