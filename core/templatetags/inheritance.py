"""Django's `extends`, which looks for the blocks of a layout once and not each time that it renders a page.

Loaded for every template (`builtins` in the settings).
"""

from functools import cache

from django import template
from django.template.loader_tags import ExtendsNode, do_extends

register = template.Library()


class KnownParentNode(ExtendsNode):
    def get_parent(self, context):
        parent = super().get_parent(context)
        if "get_nodes_by_type" not in vars(parent.nodelist):
            parent.nodelist.get_nodes_by_type = cache(parent.nodelist.get_nodes_by_type)
        return parent


@register.tag
def extends(parser, token) -> KnownParentNode:
    node = do_extends(parser, token)
    return KnownParentNode(node.nodelist, node.parent_name)
