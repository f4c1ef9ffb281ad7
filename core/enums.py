from django.db import models
from django.utils.translation import gettext_lazy as _


class DocumentType(models.TextChoices):
    """The accepted types of documents: formats that can be opened without running code."""

    PDF = "pdf", "PDF"
    DOCX = "docx", "DOCX"
    ODT = "odt", "ODT"
    PNG = "png", "PNG"
    JPEG = "jpeg", "JPEG"


MEDIA_TYPES = {
    DocumentType.PDF: "application/pdf",
    DocumentType.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    DocumentType.ODT: "application/vnd.oasis.opendocument.text",
    DocumentType.PNG: "image/png",
    DocumentType.JPEG: "image/jpeg",
}


class MailRhythm(models.TextChoices):
    """How often a person receives mails, legal notices apart."""

    AT_ONCE = "at_once", _("Each e-mail at once")
    DAILY = "daily", _("One e-mail a day with everything new")
