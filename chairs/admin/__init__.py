from chairs.admin import activity, chair, kind, output  # noqa: F401  (they register themselves)
