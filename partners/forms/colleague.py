from django import forms
from django.utils.translation import gettext_lazy as _

from partners.models import Contact, Invitation


class InvitationForm(forms.ModelForm):
    """A colleague's address, and their roles."""

    class Meta:
        model = Invitation
        fields = ["email", "is_primary", "is_signatory", "is_accounting"]
        help_texts = {
            "email": _("Your colleague's address. The invitation is valid for this address alone, for 14 days.")
        }


class RolesForm(forms.ModelForm):
    """The roles of a colleague in the organisation."""

    class Meta:
        model = Contact
        fields = ["is_primary", "is_signatory", "is_accounting"]
        help_texts = {"is_primary": _("Invites and admits colleagues, and changes their roles.")}
