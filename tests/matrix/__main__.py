"""Writes docs/permissions.md: `python -m tests.matrix`, or `make fix`."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from tests.matrix import document  # noqa: E402 - it reads models

document.PATH.write_text(document.render(), "utf-8")
