"""Reads an uploaded picture, and makes new ones of it, square or whole: files without anything else from the upload.

Metadata by a camera (place, date, device, a larger thumbnail) are dropped.
"""

import io
import struct
import zlib

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from core.kept_files import clean_name
from core.uploads import MAX_UPLOAD_SIZE, DroppedUpload

# For the `accept` attribute of a file input.
ACCEPT = ".jpg,.jpeg,.png,.webp"
# By content. A phone's JPEG with several pictures is an MPO; its first one is used.
FORMATS = ("JPEG", "PNG", "WEBP")
# Millions of pixels: a phone's largest usual picture. A small file can claim more and exhaust the memory. A JPEG is
# decoded at a fraction of its size; other formats briefly take four or eight bytes per pixel.
MAX_MILLIONS = {"PNG": 12, "WEBP": 12}
MAX_MILLIONS_ELSE = 25
MILLION = 1_000_000
# The crop of a portrait format: more is cut below than above, where the face is.
CENTRE = (0.5, 0.35)
QUALITY = 85
# Of a picture that is compressed a second time, and has sharp edges.
LOGO_QUALITY = 92
# The exceptions that decoders raise for malformed files.
DAMAGE = (OSError, ValueError, SyntaxError, EOFError, LookupError, TypeError, ArithmeticError, struct.error, zlib.error)
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


def squares_of(upload: UploadedFile, sides: tuple[int, ...]) -> list[bytes]:
    """Return the picture as square JPEG files, one per side length in pixels. Raise ValidationError with a sentence."""
    name = clean_name(upload.name or "") or "?"
    params = {"name": name, "most": filesizeformat(MAX_UPLOAD_SIZE), "side": max(sides)}
    if upload.size is None or upload.size > MAX_UPLOAD_SIZE or isinstance(upload, DroppedUpload):
        raise ValidationError(
            _("“%(name)s” was not added: it is larger than %(most)s. Make it smaller."), params=params
        )
    if not upload.size:
        raise ValidationError(_("“%(name)s” was not added: it is empty."), params=params)
    picture = _opened(upload, params)
    most = MAX_MILLIONS.get(picture.format or "", MAX_MILLIONS_ELSE)
    if picture.width * picture.height > most * MILLION:
        raise _too_many(most, params)
    if min(picture.size) < max(sides):
        sentence = _(
            "“%(name)s” was not added: it is too small. It needs at least %(side)s pixels in width and height."
        )
        raise ValidationError(sentence, params=params)
    try:
        return [_square(plain, side) for plain in [_plain(picture, max(sides))] for side in sides]
    except DAMAGE as error:
        raise _unreadable(params) from error
    finally:
        picture.close()


def check_pixels(upload: UploadedFile, millions: int) -> None:
    """Raise ValidationError with a sentence for a picture of more millions of pixels, which every browser would decode whole."""
    params: dict[str, object] = {"name": clean_name(upload.name or "") or "?"}
    picture = _opened(upload, params)
    is_too_large = picture.width * picture.height > millions * MILLION
    upload.seek(0)
    if is_too_large:
        raise _too_many(millions, params)


def written_anew(upload: UploadedFile, form: str) -> bytes:
    """Return the picture, upright, as a new PNG or JPEG file of its pixels alone. Raise ValidationError with a sentence."""
    params: dict[str, object] = {"name": clean_name(upload.name or "") or "?"}
    upload.seek(0)
    # In memory: a picture that is closed closes its file.
    picture = _opened(io.BytesIO(upload.read()), params)
    try:
        upright = ImageOps.exif_transpose(picture)
        return _pixels_of(upright.convert("RGBA" if form == "PNG" and upright.has_transparency_data else "RGB"), form)
    except DAMAGE as error:
        raise _unreadable(params) from error
    finally:
        picture.close()
        upload.seek(0)


def _pixels_of(picture: Image.Image, form: str) -> bytes:
    # Pasted onto a new image, so that metadata such as a comment stay behind.
    clean = Image.new(picture.mode, picture.size)
    clean.paste(picture)
    held = io.BytesIO()
    clean.save(held, form, quality=LOGO_QUALITY, optimize=True)
    return held.getvalue()


def _unreadable(params: dict[str, object]) -> ValidationError:
    sentence = _(
        "“%(name)s” was not added: the picture cannot be read to its end. Go back to the original file, or save it again as JPEG."
    )
    return ValidationError(sentence, params=params)


def _opened(upload: UploadedFile | io.BytesIO, params: dict[str, object]) -> Image.Image:
    """Return the opened picture, of which only the header has been read."""
    upload.seek(0)
    try:
        return Image.open(upload, formats=FORMATS)
    except BOMBS as error:
        raise _too_many(MAX_MILLIONS_ELSE, params) from error
    except DAMAGE as error:
        sentence = _(
            "“%(name)s” was not added: its content is not that of a JPEG, PNG or WebP picture. Save it as JPEG, for example."
        )
        raise ValidationError(sentence, params=params) from error


def _too_many(millions: int, params: dict[str, object]) -> ValidationError:
    sentence = _("“%(name)s” was not added: it has more than %(millions)s million pixels. Make it smaller.")
    return ValidationError(sentence, params={**params, "millions": millions})


def _plain(picture: Image.Image, side: int) -> Image.Image:
    """Return the picture upright, with transparency on white, reduced to about twice the needed size."""
    enough = 2 * side
    picture.draft("RGB", (enough, enough))
    see_through = picture.has_transparency_data
    if picture.mode not in ("RGB", "RGBA"):
        picture = picture.convert("RGBA" if see_through else "RGB")
    if (times := min(picture.size) // enough) > 1:
        picture = picture.reduce(times)
    upright = ImageOps.exif_transpose(picture)
    if not see_through:
        return upright.convert("RGB")
    return Image.alpha_composite(Image.new("RGBA", upright.size, "white"), upright).convert("RGB")


def _square(plain: Image.Image, side: int) -> bytes:
    fitted = ImageOps.fit(plain, (side, side), Image.Resampling.LANCZOS, centering=CENTRE)
    # Pasted onto a new image, so that metadata such as a comment stay behind.
    clean = Image.new("RGB", (side, side))
    clean.paste(fitted)
    held = io.BytesIO()
    clean.save(held, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return held.getvalue()
