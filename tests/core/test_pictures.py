"""A picture that somebody sends becomes small square ones, which hold nothing else of the file; what is none is refused in a sentence."""

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from core import pictures
from core.pictures import squares_of
from core.uploads import MAX_UPLOAD_SIZE, DroppedUpload
from tests.pictures import GPS, ORIENTATION, SECRET, TURNED, encoded, jpeg, opened, picture, upload

SIDES = (192, 96)


def refused(content: bytes, name: str = "me.jpg") -> str:
    with pytest.raises(ValidationError) as refusal:
        squares_of(upload(content, name), SIDES)
    (sentence,) = refusal.value.messages
    return sentence


@pytest.mark.parametrize(
    ("form", "mode"),
    [("JPEG", "RGB"), ("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "RGB"), ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "1"), ("PNG", "LA"), ("PNG", "I;16"), ("WEBP", "RGB"), ("WEBP", "RGBA")],
)  # fmt: skip
def test_each_sort_of_picture_becomes_two_squares(form, mode):
    image = picture(mode="L").convert(mode) if mode == "I;16" else picture(mode=mode)
    found = [opened(square) for square in squares_of(upload(encoded(image, form)), SIDES)]
    assert [(one.format, one.mode, one.size) for one in found] == [
        ("JPEG", "RGB", (192, 192)),
        ("JPEG", "RGB", (96, 96)),
    ]


def test_it_is_turned_the_right_way_up_and_says_nothing_of_where_it_was_taken():
    image = picture(colour="red")
    image.paste("blue", (0, 0, 200, 300))  # on the left: above, once it is turned
    notes = Image.Exif()
    notes[ORIENTATION], notes.get_ifd(GPS)[1] = TURNED, SECRET.decode()
    sent = encoded(image, exif=notes, comment=SECRET, xmp=b"<x>%s</x>" % SECRET)
    assert sent.count(SECRET) == 3
    for square in squares_of(upload(sent), SIDES):
        assert SECRET not in square and b"Exif" not in square
        found = opened(square)
        middle, edge = found.width // 2, found.width - 10
        (above, below) = (found.getpixel((middle, y)) for y in (10, edge))
        assert above[2] > 200 > 50 > above[0] and below[0] > 200 > 50 > below[2]


def test_what_lets_through_is_put_on_white():
    image = Image.new("RGBA", (300, 300), (255, 0, 0, 0))
    (square, _small) = squares_of(upload(encoded(image, "PNG"), "me.png"), SIDES)
    assert opened(square).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"<svg onload='alert(1)'/>", "me.svg", "is not that of a JPEG, PNG or WebP picture"),
        (b"%PDF-1.7", "me.jpg", "is not that of a JPEG, PNG or WebP picture"),
        (encoded(picture(), "GIF"), "me.jpg", "is not that of a JPEG, PNG or WebP picture"),
        (encoded(picture(), "TIFF"), "me.jpg", "is not that of a JPEG, PNG or WebP picture"),
        (jpeg()[:700], "me.jpg", "cannot be read to its end"),
        (encoded(Image.effect_noise((300, 300), 90), "PNG")[:5000], "me.png", "cannot be read to its end"),
        (b"", "me.jpg", "it is empty"),
        (encoded(picture(191, 400)), "me.jpg", "at least 192 pixels"),
    ],
    ids=["svg", "pdf", "gif", "tiff", "cut jpeg", "cut png", "empty", "small"],
)
def test_what_is_no_picture_is_refused_with_its_name_and_the_reason(content, name, sentence):
    said = refused(content, name)
    assert sentence in said and f"“{name}”" in said


def test_a_name_deceives_nobody():
    assert "“gpj.exe”" in refused(b"none", "../\u202egpj.exe")


@pytest.mark.parametrize(
    ("form", "side", "most"), [("PNG", 3600, 12), ("WEBP", 3600, 12), ("JPEG", 5100, 25), ("PNG", 20_000, 25)]
)
def test_a_small_file_that_unpacks_to_a_large_picture_is_refused_unread(form, side, most, monkeypatch):
    content = encoded(Image.new("1" if form == "PNG" else "L", (side, side)), form)
    monkeypatch.setattr(Image.Image, "load", lambda image: pytest.fail("it was unpacked"))
    assert f"more than {most} million pixels" in refused(content)


def test_the_largest_that_is_taken_is_not_unpacked_whole(monkeypatch):
    sizes = []
    squared = pictures._square
    monkeypatch.setattr(pictures, "_square", lambda plain, side: sizes.append(plain.size) or squared(plain, side))
    assert len(squares_of(upload(encoded(picture(4800, 3600))), SIDES)) == 2
    assert max(max(size) for size in sizes) <= 4 * max(SIDES)


def test_a_file_that_was_too_large_to_be_read_is_refused():
    with pytest.raises(ValidationError, match="larger than"):
        squares_of(DroppedUpload("me.jpg", "image/jpeg", MAX_UPLOAD_SIZE + 1), SIDES)
