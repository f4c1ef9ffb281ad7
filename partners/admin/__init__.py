from partners.admin import contact, partner, sponsorship  # noqa: F401  (they register themselves)
