from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from clusters.models import Photograph
from core.form_fields import LineField
from core.pictures import ACCEPT, squares_of
from rights.models import CorrectionRequest


class CorrectionForm(forms.ModelForm):
    """What a person wants corrected, in their own words."""

    class Meta:
        model = CorrectionRequest
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}
        error_messages = {"text": {"required": _("Say what is wrong, and what would be right.")}}


class PictureField(forms.FileField):
    """An uploaded picture, cleaned to the squares that are stored."""

    widget = forms.FileInput(attrs={"accept": ACCEPT})
    default_error_messages = {"required": _("Choose a picture.")}

    def clean(self, data, initial=None):
        return squares_of(super().clean(data, initial), Photograph.SIDES)

    def to_python(self, data):
        """Leave the checks of size and content to `squares_of`, which also has an error for an empty file."""
        return data if data else None


class PhotographForm(forms.ModelForm):
    """A picture that a person adds of themselves, which is their agreement."""

    # The view makes the files from the picture, and sets the person.
    picture = PictureField(
        label=_("Picture"),
        help_text=_(
            "JPEG, PNG or WebP, of 10 MB at most, at least 192 pixels wide and high. It is cut to a square. What the camera wrote into "
            "the file, such as the place, is not kept."
        ),
    )
    author = LineField(
        label=_("Who took the picture"),
        max_length=150,
        required=False,
        help_text=_("Shown with the picture. Leave it empty where nobody has to be named."),
    )
    has_rights = forms.BooleanField(
        label=_("I took this picture, or whoever took it lets this site publish it."),
        error_messages={"required": _("Without the right to publish it, the picture cannot be added.")},
    )

    field_order = ["picture", "author", "agreed_on", "agreed_how", "has_rights"]

    class Meta:
        model = Photograph
        fields = ["author", "has_rights"]

    def clean(self):
        values = super().clean()
        if self.errors and "picture" in values:
            self.add_error(
                "picture", _t("The picture is right. Choose it once more: a browser does not send it again by itself.")
            )
        return values


class StaffPhotographForm(PhotographForm):
    """A picture that staff add, with the person's agreement."""

    template_name = "admin/act_form.html"

    class Meta(PhotographForm.Meta):
        fields = ["author", "agreed_on", "agreed_how", "has_rights"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agreed_how"].required = True
        for name in ("author", "agreed_how"):
            self.fields[name].widget.attrs["class"] = "vTextField"
        self.fields["has_rights"].label = _t("The picture is ours, or whoever took it lets us publish it.")
