from chairs.admin import activity, chair, concept, kind, output, start_up  # noqa: F401  (they register themselves)
