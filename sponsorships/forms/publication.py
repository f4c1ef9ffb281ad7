from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from sponsorships.enums import Confidentiality
from sponsorships.models import Sponsorship
from sponsorships.publication import checked_logo


class PublicationForm(forms.ModelForm):
    """What the public may see of a sponsorship, and from which day."""

    confidentiality = forms.ChoiceField(
        label=_("What the public may see"), choices=Confidentiality, widget=forms.RadioSelect
    )
    # The revision that the page showed.
    revision = forms.CharField(widget=forms.HiddenInput, required=False)
    logo = forms.FileField(
        label=_("A new logo"),
        required=False,
        help_text=_("A PNG or JPEG file of at most 200 kB. It replaces the one that is kept."),
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg", "class": "form-control"}),
    )

    class Meta:
        model = Sponsorship
        fields = ["confidentiality", "named_from", "amount_from", "shows_logo"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["revision"] = self.instance.revision

    def show_revision(self, revision: int):
        """Accept the posted values over this revision, which the page now shows."""
        self.data = self.data.copy()
        self.data["revision"] = str(revision)

    def clean_logo(self):
        logo = self.cleaned_data["logo"]
        if logo:
            checked_logo(logo)
        return logo

    def clean(self):
        values = super().clean()
        if values.get("shows_logo") and not (values.get("logo") or self.instance.partner.logo or "logo" in self.errors):
            self.add_error("logo", forms.ValidationError(_t("Choose the file of your logo."), code="logo_missing"))
        return values
