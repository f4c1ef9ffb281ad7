import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from conversations.models import TEXT_MAX_LENGTH
from conversations.threads import mark_read, write
from core.exceptions import Refused
from core.form_fields import FilesField, ManyFiles
from core.kept_files import ACCEPT
from sponsorships.models import Sponsorship


class MessageForm(forms.Form):
    """A message to the other participants of a sponsorship. Its token makes two clicks one message."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    # The last message that the page showed: a reply marks everything up to it as read.
    read_until = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=10**18)
    text = forms.CharField(
        label=_("Your message"), max_length=TEXT_MAX_LENGTH, widget=forms.Textarea(attrs={"rows": 5})
    )
    files = FilesField(
        label=_("Files"),
        required=False,
        widget=ManyFiles(attrs={"accept": ACCEPT, "class": "form-control"}),
        help_text=_(
            "PDF, DOCX, ODT, PNG or JPEG, at most five files of 10 MB each. Choose them again if the page comes back."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["token"].initial = uuid.uuid4

    def send(self, sponsorship: Sponsorship, by: User) -> bool:
        """Save the message once. Return whether it is saved; if not, the errors stand beside the file field."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "read_until"}
        try:
            write(sponsorship, by=by, **said)
            mark_read(sponsorship, by, self.cleaned_data["read_until"] or 0)
        except Refused as refusal:
            for reason in refusal.reasons:
                self.add_error("files", reason)
            return False
        return True


class StaffMessageForm(MessageForm):
    """A message by staff, who may mark it as a note that only staff read."""

    template_name = "admin/act_form.html"

    is_internal = forms.BooleanField(
        label=_("Staff only"),
        required=False,
        help_text=_("A staff note: neither the partner nor the investigators ever read it."),
    )

    field_order = ["token", "read_until", "is_internal", "text", "files"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["class"] = "vLargeTextField"
