"""The OpenAPI document: what the library makes of the operations, with examples and the errors that each can answer."""

from functools import cache
from typing import Any

from api.problems import CONTENT_TYPE
from api.resource import ROOT
from api.service import RESOURCES, api

PROBLEM = {
    "type": "object",
    "description": "RFC 9457. Its sentences are in the language of Accept-Language.",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"parameter": {"type": "string"}, "detail": {"type": "string"}},
                "required": ["parameter", "detail"],
            },
        },
    },
}
ERRORS = {
    400: "A parameter or a value that is not known, or that cannot be read.",
    404: "Nothing public is at this address.",
    405: "Another method than this address takes.",
    406: "Another form is asked for than there is.",
    410: "The record was public, and is not any more: with the date and the reason.",
    429: "Too many requests in a minute: Retry-After says when to go on.",
    500: "An error of the site.",
    503: "The site is out of service for a moment.",
}
GONE = "#/components/schemas/Problem"


@cache
def document() -> dict[str, Any]:
    """Return the OpenAPI 3.1 document."""
    made = api.get_openapi_schema(path_prefix=f"{ROOT}/")
    document: dict[str, Any] = {**made, "components": {**made["components"]}}
    document["components"]["schemas"] = {**made["components"]["schemas"], "Problem": PROBLEM}
    for path, operations in document["paths"].items():
        for operation in operations.values():
            operation["responses"] |= {str(status): _error(said) for status, said in _errors(path)}
            operation["responses"] = {str(status): said for status, said in operation["responses"].items()}
    for resource in RESOURCES:
        listed = document["paths"][f"{ROOT}/{resource.name}"]["get"]
        listed["x-example"] = f"{ROOT}/{resource.name}{resource.example}"
    return document


def _errors(path: str) -> list[tuple[int, str]]:
    is_record = path.endswith("}")
    return [(status, said) for status, said in ERRORS.items() if status != 410 or is_record]


def _error(said: str) -> dict[str, Any]:
    return {"description": said, "content": {CONTENT_TYPE: {"schema": {"$ref": GONE}}}}
