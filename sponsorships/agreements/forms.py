"""The forms to sign an agreement, and to check whether a file is one."""

import re

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sponsorships.agreements.signing import CODE_DIGITS
from sponsorships.agreements.typesetting import unprintable
from sponsorships.models import Signature

NAME_MAX_LENGTH = Signature._meta.get_field("name").max_length
SHA256_DIGITS = 64


class SigningForm(forms.Form):
    """A typed name, which is the signature, and the mailed code that proves who types it."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=NAME_MAX_LENGTH,
        min_length=2,
        help_text=gettext_lazy("First name and family name: typed here, it is your signature."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("Type your name: that is the signature.")},
    )
    code = forms.CharField(
        label=gettext_lazy("The code that you received"),
        max_length=20,
        help_text=gettext_lazy("Six digits, in the e-mail that we sent you."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": gettext_lazy("Enter the six digits of the e-mail.")},
    )
    has_read = forms.BooleanField(
        label=gettext_lazy("I have read the document and I sign it for my organisation"),
        error_messages={"required": gettext_lazy("Tick this once you have read the document.")},
    )

    def clean_name(self):
        name = " ".join(self.cleaned_data["name"].split())
        if not any(sign.isalpha() for sign in name):
            raise forms.ValidationError(_("A name must contain letters."), code="no_letters")
        if signs := unprintable(name):
            sentence = _(
                "The signature page cannot print these characters: %(signs)s. Write your name in other letters."
            )
            raise forms.ValidationError(sentence, code="unprintable", params={"signs": signs})
        return name

    def clean_code(self):
        digits = re.sub(r"[\s-]", "", self.cleaned_data["code"])
        if not re.fullmatch(rf"[0-9]{{{CODE_DIGITS}}}", digits):
            raise forms.ValidationError(_("The code is six digits."), code="no_code")
        return digits


class FingerprintForm(forms.Form):
    """A file's SHA-256; the file itself is not uploaded."""

    sha256 = forms.CharField(
        label=gettext_lazy("Fingerprint of the file (SHA-256)"),
        max_length=200,
        help_text=gettext_lazy("64 characters, 0 to 9 and a to f. Spaces and capitals do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "font-monospace"}),
        error_messages={"required": gettext_lazy("Enter the fingerprint, or choose the file above.")},
    )

    def clean_sha256(self):
        text = re.sub(r"[\s:]", "", self.cleaned_data["sha256"]).lower()
        if not re.fullmatch(rf"[0-9a-f]{{{SHA256_DIGITS}}}", text):
            sentence = _("This is not a SHA-256 fingerprint: it has 64 characters, 0 to 9 and a to f.")
            raise forms.ValidationError(sentence, code="no_sha256")
        return text
