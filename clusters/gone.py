"""What was public once and is withdrawn: the reader is told so, and search engines forget it."""

from django.http import Http404


class Gone(Http404):
    """Raised instead of Http404 for a record that the public has been shown; config.views answers 410.

    Never for what was never public: there, that it exists is nobody's business.
    """
