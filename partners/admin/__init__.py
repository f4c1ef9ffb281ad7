from partners.admin import contact, partner  # noqa: F401  (they register themselves)
