"""The log's addresses for programs, without a language prefix: heads, tiles, proofs, and witnessing other logs."""

from django.urls import path, register_converter

from transparency import views


class TileNumber:
    """The number of a tile in C2SP's format: 067, x001/067."""

    regex = "(?:x[0-9]{3}/){0,5}[0-9]{3}"

    def to_python(self, value: str) -> int:
        number = int(value.replace("/", "").replace("x", ""))
        if self.to_url(number) != value:
            raise ValueError("a tile has one address")
        return number

    def to_url(self, value: int) -> str:
        digits = f"{value:03d}"
        digits = digits.zfill(-len(digits) % 3 + len(digits))
        parts = [digits[start : start + 3] for start in range(0, len(digits), 3)]
        return "/".join([*(f"x{part}" for part in parts[:-1]), parts[-1]])


class Digest:
    """A SHA-256 in hexadecimal."""

    regex = "[0-9a-f]{64}"

    def to_python(self, value: str) -> str:
        return value

    to_url = to_python


register_converter(TileNumber, "tile_number")
register_converter(Digest, "sha256")

app_name = "transparency_machines"
urlpatterns = [
    path("log/checkpoint", views.checkpoint, name="checkpoint"),
    path("log/tile/<int:level>/<tile_number:number>", views.tile, name="tile"),
    path("log/tile/<int:level>/<tile_number:number>.p/<int:width>", views.tile, name="partial_tile"),
    path("log/proof/<sha256:sha256>", views.proof, name="proof"),
    path("log/add-checkpoint", views.add_checkpoint, name="add_checkpoint"),
]
