"""Pictures of a few invented people: simple shapes drawn here, so that no real face appears beside an invented name."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image, ImageDraw

from chairs.models import Appointment
from clusters.enums import Origin, PhotographWay
from clusters.models import Person, Photograph
from core.pictures import squares_of
from demo.tally import Tally
from rights.photographs import keep_photograph

# In each of these clusters, the first investigator by name.
PICTURED_IN = ("dataia", "miai", "postgenai-paris")
AUTHOR = "Cathedra (demo)"
SIDE = 384
# Colours of background, shoulders and head.
COLOURS = [("#d8e2dc", "#2f5d62", "#a7c4bc"), ("#f1dac4", "#474973", "#a69cac"), ("#e7ecef", "#8b2f4b", "#d9a5b3")]


def add_photographs(tally: Tally) -> None:
    """Give a few invented people a picture, as if they had added it themselves."""
    for cluster, colours in zip(PICTURED_IN, COLOURS, strict=True):
        posts = Appointment.objects.public().investigators().filter(chair__cluster__slug=cluster)
        invented = Person.objects.filter(origin=Origin.DEMONSTRATION, appointments__in=posts)
        person = invented.order_by("sort_key", "pk").first()
        if person is None or Photograph.objects.filter(person=person).exists():
            continue
        squares = squares_of(SimpleUploadedFile("drawn.png", drawn(*colours)), Photograph.SIDES)
        day = timezone.localdate()
        keep_photograph(person, squares, way=PhotographWay.LINK, by=None, agreed_on=day, author=AUTHOR)
        tally[str(Photograph._meta.verbose_name_plural)] += 1


def drawn(ground: str, shoulders: str, head: str) -> bytes:
    """Return a PNG of a figure without a face."""
    image = Image.new("RGB", (SIDE, SIDE), ground)
    pen = ImageDraw.Draw(image)
    pen.ellipse((62, 250, SIDE - 62, SIDE + 200), fill=shoulders)
    pen.ellipse((122, 96, SIDE - 122, 96 + SIDE - 244), fill=head)
    held = io.BytesIO()
    image.save(held, "PNG")
    return held.getvalue()
