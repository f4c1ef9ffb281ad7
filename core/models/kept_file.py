import uuid

from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from core.enums import MEDIA_TYPES, DocumentType

NAME_MAX_LENGTH = 120


def random_path(kept, name: str) -> str:
    """Return a random path for a file. The uploaded file name is not used."""
    return f"{kept.folder}/{uuid.uuid4().hex}"


class KeptFile(models.Model):
    """A file that somebody added to a record (`core.kept_files` validates it). `folder` is the directory in the storage."""

    folder: str

    name = models.CharField(_("name"), max_length=NAME_MAX_LENGTH)
    kind = models.CharField(_("type"), max_length=10, choices=DocumentType)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("fingerprint"), max_length=64)
    file = models.FileField(_("file"), upload_to=random_path, max_length=100)

    class Meta:
        abstract = True

    def __str__(self):
        return self.name

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[DocumentType(self.kind)]

    def erase(self) -> None:
        """Delete the row now, and the stored file after the commit."""
        path = self.file.name
        self.delete()
        transaction.on_commit(lambda: default_storage.delete(path), robust=True)
