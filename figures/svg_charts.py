"""Charts as plain SVG inside the page: no script, no style of their own. docs/decisions/charts.md says why pygal.

pygal draws; what it would say with scripts and inline styles is taken out, and static/css/figures.css says the colours, in
light, in dark and on paper. A chart is an image with a name and a description; the table beside it has the numbers.
"""

import sys
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from xml.etree import ElementTree

import pygal
from django.utils.safestring import SafeString, mark_safe
from pygal.etree import etree

# pygal hooks itself into every import of the process, for maps that we do not draw, in a way that Python warns about.
sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, pygal.PluginImportFixer)]
# If lxml is installed, pygal draws with lxml elements, which do not mix with those of the standard library.
etree.to_etree()
# In the picture's own units. The picture is scaled to its place, and its text stays readable on a phone.
WIDTH, ROW, FRAME = 400, 20, 76
MAX_LABEL_LENGTH = 18
XLINK = "{http://www.w3.org/1999/xlink}"
UNWANTED = {"defs", "style", "script", "title", "desc"}
# What only pygal's script would show, and empty layers.
UNWANTED_CLASSES = {"tooltip", "titles", "overlay", "text-overlay"}


@dataclass(frozen=True)
class Series:
    """One colour of a chart: a name and a value for each label."""

    name: str
    values: Sequence[Decimal | None]


def bars(title: str, description: str, labels: Sequence[str], series: Sequence[Series], scale: Callable) -> SafeString:
    """Return a chart of horizontal bars, the first label on top. `scale` writes a number of the axis."""
    chart = pygal.HorizontalBar(
        width=WIDTH,
        height=FRAME + ROW * max(len(labels), 1) * (len(series) + 0.6),
        css=[],
        js=[],
        no_prefix=True,
        explicit_size=False,
        show_legend=len(series) > 1,
        legend_at_bottom=True,
        legend_at_bottom_columns=len(series),
        truncate_label=MAX_LABEL_LENGTH,
        truncate_legend=-1,
        include_x_axis=True,
        x_label_rotation=0,
        max_scale=5,
        y_labels_major_count=3,
        margin=4,
        spacing=8,
        value_formatter=lambda value: scale(value),
        style=pygal.style.Style(label_font_size=14, major_label_font_size=14, legend_font_size=14),
    )
    # pygal counts from the foot of the picture.
    chart.x_labels = [str(label) for label in reversed(labels)]
    for one in series:
        chart.add(str(one.name), [None if value is None else float(value) for value in reversed(one.values)])
    # Computed from the content: a running number would change the page from one visit to the next.
    number = zlib.crc32(repr((title, description, labels, series)).encode())
    return mark_safe(_cleaned(chart.render_tree(), title, description, number))


def _cleaned(tree: ElementTree.Element, title: str, description: str, number: int) -> str:
    """Return the drawing without what the content policy refuses, with a name and a description for screen readers."""
    for parent in list(tree.iter()):
        for child in list(parent):
            is_comment = not isinstance(child.tag, str)
            if is_comment or child.tag in UNWANTED or UNWANTED_CLASSES & set(child.get("class", "").split()):
                parent.remove(child)
    for node in tree.iter():
        for name in [name for name in node.attrib if name in {"id", "style"} or name.startswith(("on", XLINK))]:
            del node.attrib[name]
    ids = [f"chart-{number}-title", f"chart-{number}-description"]
    for place, (tag, text) in enumerate((("title", title), ("desc", description))):
        node = ElementTree.Element(tag, {"id": ids[place]})
        node.text = str(text)
        tree.insert(place, node)
    tree.set("class", "chart")
    tree.set("role", "img")
    tree.set("aria-labelledby", " ".join(ids))
    return ElementTree.tostring(tree, encoding="unicode")
