"""The table of contents of a long page, made from the headings of the rendered page."""

import re

from django import template
from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.safestring import mark_safe

register = template.Library()

# A page with fewer headings needs none.
MIN_HEADINGS = 4
HEADING = re.compile(r'<h2 id="([\w-]+)">(.*?)</h2>', re.DOTALL)


class ContentsNode(template.Node):
    def __init__(self, nodelist):
        self.nodelist = nodelist

    def render(self, context):
        page = self.nodelist.render(context)
        # The heading's text is escaped already, and stays escaped without its tags.
        headings = [(anchor, mark_safe(strip_tags(text).strip())) for anchor, text in HEADING.findall(page)]
        if len(headings) < MIN_HEADINGS:
            return page
        return render_to_string("chairs/_contents.html", {"headings": headings}) + page


@register.tag
def with_contents(parser, token):
    """Put links to the enclosed sections before them, if there are enough.

    Usage: {% with_contents %}…<h2 id="people">People</h2>…{% endwith_contents %}
    """
    nodelist = parser.parse(("endwith_contents",))
    parser.delete_first_token()
    return ContentsNode(nodelist)
