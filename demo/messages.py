"""Messages between invented partners and offices."""

from django.core.files.uploadedfile import SimpleUploadedFile

from conversations.enums import MessageSide
from conversations.models import Message, MessageFile
from core.kept_files import columns_of
from demo.cast import Cast
from demo.proposals import one_page_pdf
from demo.texts import days_ago, moment
from sponsorships.models import Sponsorship


def talk(sponsorship: Sponsorship, text: dict, cast: Cast) -> None:
    """Write the messages in the sponsorship's text."""
    for number, said in enumerate(text.get("message", [])):
        is_of_partner = said["by"] == "partner"
        message = Message.objects.create(
            sponsorship=sponsorship,
            author=sponsorship.created_by if is_of_partner else cast.editor(sponsorship.chair.cluster),
            side=MessageSide.PARTNER if is_of_partner else MessageSide.OFFICE,
            is_internal=said["by"] == "note",
            text=said["text"],
            written_at=moment(days_ago(said["ago"]), f"{text['key']} message {number}"),
        )
        for name in said.get("files", []):
            upload = SimpleUploadedFile(name, one_page_pdf(name))
            MessageFile.objects.create(message=message, **columns_of(upload))
