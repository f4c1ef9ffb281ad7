"""The log for readers and programs: docs/transparency.md."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from core.pagination import ROWS_A_PAGE
from transparency.heads import last_head, origin, public_keys
from transparency.models import TreeHead
from transparency.notes import MAX_NOTE
from transparency.proofs import inclusion_of
from transparency.tiles import HASH, HEIGHT, WIDTH, Tiles
from transparency.witnessing import CONFLICT, MALFORMED, NotWitnessed, witness

TEXT = "text/plain; charset=utf-8"
MAX_LEVELS = 8
MAX_DIGITS = len(str(MAX_NOTE))


@login_not_required
@require_safe
def log(request):
    """Show what the log is, its heads with their witnesses, and how to check it."""
    heads = Paginator(TreeHead.objects.prefetch_related("cosignatures"), ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": heads, "heads": heads.object_list, "origin": origin(), "keys": public_keys()}
    return render(request, "transparency/log.html", context)


@login_not_required
@require_safe
def checkpoint(request):
    """Return the last head as a signed note, with the signature lines of its witnesses."""
    head = last_head()
    if head is None:
        raise Http404
    return HttpResponse(head.note + "".join(one.line for one in head.cosignatures.all()), content_type=TEXT)


@login_not_required
@require_safe
def tile(request, level, number, width=WIDTH):
    """Return adjacent hashes, as far as the last signed head includes them: a full tile, or its first `width` hashes."""
    head = last_head()
    # The level is limited by the number of bytes in a 64-bit size.
    signed = head.size >> (HEIGHT * level) if head and level < MAX_LEVELS else 0
    is_partial = "width" in request.resolver_match.kwargs
    if not 0 < width <= WIDTH or (is_partial and width == WIDTH) or number * WIDTH + width > signed:
        raise Http404
    return HttpResponse(Tiles().tile(level, number)[: width * HASH], content_type="application/octet-stream")


@login_not_required
@require_safe
def proof(request, sha256):
    """Return the proof that a fingerprint (of `?subject=`, if several have it) is in the log; 404 if no signed head includes it."""
    # PostgreSQL knows no NUL.
    found = inclusion_of(sha256, request.GET.get("subject", "").replace("\x00", "?"))
    if found is None:
        raise Http404
    return JsonResponse(found.as_data())


@csrf_exempt
@login_not_required
@require_POST
def add_checkpoint(request):
    """Sign the head of another log, as its witness. Request and response follow C2SP's tlog-witness."""
    length = request.META.get("CONTENT_LENGTH") or ""
    # Do not read a body that is too long.
    if not length.isdecimal() or len(length) > MAX_DIGITS or int(length) > MAX_NOTE:
        return HttpResponse(status=MALFORMED)
    try:
        return HttpResponse(witness(request.body.decode("utf-8")), content_type=TEXT)
    except UnicodeDecodeError:
        return HttpResponse(status=MALFORMED)
    except NotWitnessed as refusal:
        answer = HttpResponse(status=refusal.status, content_type=TEXT)
        if refusal.status == CONFLICT and refusal.size is not None:
            answer["Content-Type"] = "text/x.tlog.size"
            answer.content = f"{refusal.size}\n"
        return answer
