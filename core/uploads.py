"""Upload handling that cannot fill the disk."""

from io import BytesIO

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

MAX_UPLOAD_SIZE = 10 * 1024 * 1024
# More files than anybody chooses on purpose. Further ones are not stored.
MAX_UPLOADS_A_REQUEST = 10


class DroppedUpload(UploadedFile):
    """An upload of which only the name and size are kept, because it is too large or one too many."""

    def __init__(self, name, content_type, size):
        # Django closes all files of a request, so there must be one to close.
        super().__init__(BytesIO(), name, content_type, size)


class CappedUploadHandler(FileUploadHandler):
    """Runs before Django's own upload handlers, and discards files that are too large or too many.

    The form can then show a sentence; an aborted request could not.
    """

    def __init__(self, request=None):
        super().__init__(request)
        self.number = 0

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.number += 1

    def receive_data_chunk(self, raw_data, start):
        return raw_data if self._is_kept(start + len(raw_data)) else None

    def file_complete(self, file_size):
        # None: a later handler keeps the file.
        return None if self._is_kept(file_size) else DroppedUpload(self.file_name, self.content_type, file_size)

    def _is_kept(self, size: int) -> bool:
        return size <= MAX_UPLOAD_SIZE and self.number <= MAX_UPLOADS_A_REQUEST
