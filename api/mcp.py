"""The Model Context Protocol over HTTP, read-only: one address, JSON-RPC requests and responses, and no session.

Each request is answered by itself. The server never sends unasked messages, so that it opens no stream (GET is a 405,
which the protocol allows). Browsers on other sites are refused: the protocol requires a check of Origin.
"""

import json
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from pydantic import ValidationError

from api.doors import public
from api.mcp_tools import TOOLS
from api.problems import Problem

# The first is offered to clients that ask for an unknown version.
VERSIONS = ("2025-11-25", "2025-06-18", "2025-03-26")
NOT_JSON, NOT_A_REQUEST, NO_SUCH_METHOD, BAD_PARAMETERS = -32700, -32600, -32601, -32602
# For validation errors: the most that are reported, and the most characters of each location.
MAX_TOLD, MAX_LENGTH = 5, 60
INSTRUCTIONS = (
    f"Public data of {settings.PROGRAMME.named('en')}. Say the source, the address and the date that each answer gives. Records "
    "marked as demonstration are made up."
)


class Encoder(DjangoJSONEncoder):
    """Writes amounts as numbers, as the API does, and not as texts."""

    def default(self, o: Any) -> Any:
        return float(o) if isinstance(o, Decimal) else super().default(o)


class Refusal(Exception):
    """An error response of JSON-RPC: its code and message."""

    def __init__(self, code: int, message: str):
        super().__init__(message)
        self.code, self.message = code, message


@public(methods=("POST", "OPTIONS"), is_for_any_site=False)
def endpoint(request: HttpRequest) -> HttpResponse:
    """Return the response to one message."""
    _check_origin(request)
    key = None
    try:
        message = _read(request)
        key = message.get("id")
        if "id" not in message:
            return HttpResponse(status=202)
        result = _answer(request, message)
    except Refusal as refusal:
        error = {"code": refusal.code, "message": refusal.message}
        status = 400 if refusal.code in (NOT_JSON, NOT_A_REQUEST) else 200
        return JsonResponse({"jsonrpc": "2.0", "id": key, "error": error}, status=status)
    return JsonResponse({"jsonrpc": "2.0", "id": key, "result": result}, json_dumps_params={"ensure_ascii": False})


def _check_origin(request: HttpRequest) -> None:
    origin = request.headers.get("Origin")
    site = urlsplit(settings.SITE_URL)
    if origin is not None and origin != f"{site.scheme}://{site.netloc}":
        raise Problem(403, _("A page of another site may not speak to this address."))


def _read(request: HttpRequest) -> dict[str, Any]:
    """Return the message. Raise Refusal if it is not valid."""
    try:
        message = json.loads(request.body)
        # Half of a character written as two (\ud800) is no text: it could be neither looked for nor sent back.
        json.dumps(message, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise Refusal(NOT_JSON, "Not JSON.") from None
    except RequestDataTooBig:
        raise Refusal(NOT_A_REQUEST, "Longer than any request.") from None
    is_message = (
        isinstance(message, dict) and message.get("jsonrpc") == "2.0" and isinstance(message.get("method"), str)
    )
    if not is_message or not isinstance(message.get("params", {}), dict):
        raise Refusal(NOT_A_REQUEST, "One JSON-RPC 2.0 request with a method and, if any, an object of params.")
    if "id" in message and (not isinstance(message["id"], str | int) or isinstance(message["id"], bool)):
        raise Refusal(NOT_A_REQUEST, "An id is a text or a whole number.")
    version = request.headers.get("MCP-Protocol-Version")
    if version is not None and version not in VERSIONS and message["method"] in METHODS:
        raise Refusal(NOT_A_REQUEST, f"Protocol versions here: {', '.join(VERSIONS)}.")
    return message


def _answer(request: HttpRequest, message: dict[str, Any]) -> dict[str, Any]:
    if message["method"] not in METHODS:
        raise Refusal(NO_SUCH_METHOD, f"No method here: {message['method'][:60]}")
    return METHODS[message["method"]](request, message.get("params", {}))


def _initialize(request: HttpRequest, params: dict[str, Any]) -> dict[str, Any]:
    asked = params.get("protocolVersion")
    return {
        "protocolVersion": asked if asked in VERSIONS else VERSIONS[0],
        "capabilities": {"tools": {"listChanged": False}},
        "serverInfo": {"name": "cathedra", "title": "Cathedra", "version": "1"},
        "instructions": INSTRUCTIONS,
    }


def _ping(request: HttpRequest, params: dict[str, Any]) -> dict[str, Any]:
    return {}


def _list(request: HttpRequest, params: dict[str, Any]) -> dict[str, Any]:
    return {"tools": [tool.said() for tool in TOOLS.values()]}


def _call(request: HttpRequest, params: dict[str, Any]) -> dict[str, Any]:
    """Call a tool. Invalid input gives a result with the errors, which the assistant can read in order to try again."""
    tool = TOOLS.get(str(params.get("name")))
    if tool is None:
        raise Refusal(BAD_PARAMETERS, f"No tool here: {str(params.get('name'))[:60]}")
    try:
        asked = tool.takes.model_validate(params.get("arguments") or {})
        found = tool.answer(request, asked)
    except ValidationError as error:
        told = error.errors(include_input=False)[:MAX_TOLD]
        wrong = "; ".join(f"{'.'.join(map(str, one['loc']))[:MAX_LENGTH]}: {one['msg']}" for one in told)
        return {"content": [{"type": "text", "text": wrong}], "isError": True}
    except Problem as problem:
        return {"content": [{"type": "text", "text": problem.detail}], "isError": True}
    text = json.dumps(found, cls=Encoder, ensure_ascii=False)
    return {"content": [{"type": "text", "text": text}], "structuredContent": json.loads(text), "isError": False}


METHODS = {"initialize": _initialize, "ping": _ping, "tools/list": _list, "tools/call": _call}
