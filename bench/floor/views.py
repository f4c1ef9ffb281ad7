from django.http import HttpResponse
from django.shortcuts import render

from bench.floor.models import Record

ROWS = 25


def hello(request):
    return HttpResponse("Hello.")


def floor(request):
    records = Record.objects.filter(group=int(request.GET.get("group", 1))).order_by("name")[:ROWS]
    return render(request, "floor.html", {"records": records})
