"""Pages that were public and are withdrawn answer 410: readers are told, and search engines drop them."""

from django.http import Http404


class Gone(Http404):
    """Raised instead of Http404 for a record that the public has been shown; config.views answers 410.

    Never raise it for a record that was never public: that it exists must stay private.
    """
