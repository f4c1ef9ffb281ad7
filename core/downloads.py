"""Serves kept files as downloads, never inline: a stranger's file must not run inside this site."""

from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header


def download(file: FieldFile, name: str, media_type: str) -> HttpResponse:
    """Return a kept file as a download with this name. Raise Http404 if the file is missing in the storage."""
    try:
        with file.open("rb") as kept:
            content = kept.read()
    except FileNotFoundError as error:
        raise Http404 from error
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=name),
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type=media_type, headers=headers)
