"""Pictures as people send them, made for each test."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

# Says where it was taken, and is turned by a quarter.
SECRET = b"48.7127 N"
ORIENTATION, GPS, TURNED = 0x0112, 0x8825, 6


def picture(width: int = 400, height: int = 300, colour: str = "teal", mode: str = "RGB") -> Image.Image:
    return Image.new("RGB", (width, height), colour).convert(mode)


def encoded(image: Image.Image, form: str = "JPEG", **options) -> bytes:
    held = io.BytesIO()
    image.save(held, form, **options)
    return held.getvalue()


def jpeg(**options) -> bytes:
    return encoded(picture(), **options)


def upload(content: bytes | None = None, name: str = "me.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, jpeg() if content is None else content)


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))
