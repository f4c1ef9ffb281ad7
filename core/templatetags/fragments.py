"""Parts of pages that are the same for everybody, rendered once per process and not once per request."""

from django import template
from django.utils.translation import get_language

register = template.Library()

# More keys than any part has variants, so that no URL can fill the memory.
MAX_KEPT = 500


class RenderedOnceNode(template.Node):
    """Caches the rendered content by language and by the values of its variables."""

    # No template overrides a block inside, so `{% extends %}` need not search for blocks here.
    child_nodelists = ()

    def __init__(self, nodelist, keys):
        self.nodelist, self.keys = nodelist, keys
        self.kept: dict[tuple, str] = {}

    def render(self, context):
        key = (get_language(), *[key.resolve(context) for key in self.keys])
        kept = self.kept.get(key)
        if kept is None:
            kept = self.nodelist.render(context)
            if len(self.kept) < MAX_KEPT:
                self.kept[key] = kept
        return kept


@register.tag
def rendered_once(parser, token):
    """Render the content once for each language and each value of the given variables.

    The content must depend on nothing else: not on a record, the user or the day.

    Usage: {% rendered_once section %}…{% endrendered_once %}
    """
    keys = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    nodelist = parser.parse(("endrendered_once",))
    parser.delete_first_token()
    return RenderedOnceNode(nodelist, keys)
