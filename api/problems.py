"""Errors in the format of RFC 9457: application/problem+json, with sentences in the language of the request."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

CONTENT_TYPE = "application/problem+json"
TITLES = {
    400: gettext_lazy("The request cannot be read"),
    403: gettext_lazy("Not allowed"),
    404: gettext_lazy("Not found"),
    405: gettext_lazy("Method not allowed"),
    406: gettext_lazy("No such form"),
    410: gettext_lazy("No longer public"),
    429: gettext_lazy("Too many requests"),
    500: gettext_lazy("An error of ours"),
    503: gettext_lazy("Not available now"),
}


class Problem(Exception):
    """An error that ends a request.

    `errors` are pairs of parameter and sentence; `more` are further members of the body.
    """

    def __init__(
        self, status: int, detail: str, errors: list[tuple[str, str]] = (), headers: dict[str, str] = (), **more: Any
    ):
        super().__init__(detail)
        self.status, self.detail, self.errors, self.more = status, detail, list(errors), more
        self.headers = dict(headers)

    def response(self, request: HttpRequest) -> JsonResponse:
        """Return the error response."""
        said: dict[str, Any] = {
            "type": f"{documentation_url()}#problem-{self.status}",
            "title": str(TITLES[self.status]),
            "status": self.status,
            "detail": self.detail,
            "instance": request.path,
            **self.more,
        }
        if self.errors:
            said["errors"] = [{"parameter": name, "detail": detail} for name, detail in self.errors]
        return JsonResponse(
            said,
            status=self.status,
            content_type=CONTENT_TYPE,
            headers={"Cache-Control": "no-store", **self.headers},
            json_dumps_params={"ensure_ascii": False},
        )


def bad_request(errors: list[tuple[str, str]]) -> Problem:
    """Return the 400 error for invalid parameters, given as pairs of parameter and sentence."""
    return Problem(400, " ".join(dict.fromkeys(detail for _name, detail in errors)), errors)


def not_found() -> Problem:
    return Problem(404, _("There is nothing public at this address."))


def withdrawn(gone: dict[str, Any], **more: Any) -> Problem:
    """Return the 410 error for a record that was public, from its entry in `publication.withdrawn`."""
    return Problem(410, _("This was public, and is not any more."), **{**gone, **more})


def documentation_url() -> str:
    """Return the address of the documentation, in the active language."""
    return settings.SITE_URL + reverse("data")
