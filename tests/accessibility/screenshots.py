"""`make screenshots`: every sort of page, in both languages, at both widths, into screenshots/, which git ignores.

Those that README and docs show are kept in docs/screenshots/, and taken anew with the rest. Not collected with the suite (the name says so to pytest); bin/screenshots names this file. `bin/screenshots -k site`
takes the public and partners' pages alone, `-k panel` the staff's.
"""

import io
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from sponsorships.agreements import signature_page, typesetting
from sponsorships.models import Agreement
from tests.accessibility.page_types import PageType
from tests.accessibility.panel_types import page_types
from tests.accessibility.walking import HEIGHT, Look, looks, open_browser

pytestmark = pytest.mark.browser

FOLDER = Path(settings.BASE_DIR) / "screenshots"
SHOWN = Path(settings.BASE_DIR) / "docs" / "screenshots"
# A long list is not followed to its end.
MAX_HEIGHTS = {1280: 1300, 360: 1700}
# Text on plain ground needs few colours: a picture takes about 25 kB.
COLOURS = 64
# Papers are read in the picture, not printed from it.
PAPER_DPI, PAPER_GAP = 80, 8


@pytest.mark.parametrize("part", ["site", "panel"])
def test_take_screenshots(browser, live_server, demonstration, part):
    types = [one for one in page_types() if part_of(one.name) == part]
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.webp"):
        if part_of(old.name) == part:
            old.unlink()
    for look in looks(browser, live_server.url, types):
        keep(photograph(look), FOLDER / f"{look.type.name}.{look.language}.{look.width}.webp", lossless=True, method=6)
    if part == "site":
        photograph_home(browser, live_server.url)


def test_take_papers(demonstration):
    """An agreement that both sides signed, and its signature page, as they are printed."""
    FOLDER.mkdir(exist_ok=True)
    agreement = Agreement.objects.filter(status="signed", language="fr").order_by("pk").first()
    keep_paper(agreement.frozen, FOLDER / "agreement.png")
    keep_paper(signature_page.contents(agreement), FOLDER / "signature_page.png")


def keep_paper(document: dict, path: Path) -> None:
    """Lay the pages beside each other."""
    pages = [Image.open(io.BytesIO(page)).convert("RGB") for page in typesetting.pictures(document, PAPER_DPI)]
    width, height = pages[0].size
    sheet = Image.new("RGB", ((width + PAPER_GAP) * len(pages) - PAPER_GAP, height), "gray")
    for number, page in enumerate(pages):
        sheet.paste(page, ((width + PAPER_GAP) * number, 0))
    picture = io.BytesIO()
    sheet.save(picture, "PNG")
    keep(picture.getvalue(), path, optimize=True)


def part_of(name: str) -> str:
    return "panel" if name.startswith("admin") else "site"


def photograph(look: Look) -> bytes:
    """Make the window as high as the page, so that what sticks to its foot is where it ends."""
    height = look.page.evaluate("document.documentElement.scrollHeight")
    look.page.set_viewport_size({"width": look.width, "height": min(height, MAX_HEIGHTS[look.width])})
    return look.page.screenshot(animations="disabled")


def photograph_home(browser, base_url: str) -> None:
    """The picture in the README: what a visitor sees first."""
    page = open_browser(browser, base_url, "", "en")
    page.set_viewport_size({"width": 1280, "height": HEIGHT})
    page.goto(PageType("home", "chairs:home").address("en"))
    keep(page.screenshot(animations="disabled"), FOLDER / "home.png", optimize=True)
    page.context.close()


def keep(picture: bytes, path: Path, **options) -> None:
    """Save the picture, and where a document shows it, there too."""
    save(picture, path, **options)
    if (SHOWN / path.name).exists():
        shutil.copy(path, SHOWN)


def save(picture: bytes, path: Path, **options) -> None:
    """Save the picture in the colours that it has most of: on flat grounds nobody misses the others."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    counted = sorted(image.getcolors(image.width * image.height), reverse=True)[:COLOURS]
    palette = Image.new("P", (1, 1))
    palette.putpalette([channel for _count, colour in counted for channel in colour])
    image.quantize(palette=palette, dither=Image.Dither.NONE).save(path, **options)
