"""The addresses below /api/, without a language prefix."""

from django.urls import include, path

from api import commongrants, mcp, scdl, skg_if, views
from api.doors import public
from api.service import api

app_name = "api"
operations = [pattern for pattern in api.urls[0] if pattern.name != "api-root"]
for pattern in operations:
    pattern.callback = public()(pattern.callback)

V1 = [
    path("", views.index, name="index"),
    path("openapi.json", views.openapi_json, name="openapi"),
    path("docs", views.docs, name="docs"),
    path("commongrants/opportunities", commongrants.opportunities, name="commongrants"),
    path("commongrants/opportunities/<uuid:key>", commongrants.opportunity, name="commongrants_one"),
    path("scdl/subventions.csv", scdl.subsidies, name="scdl"),
    path("skg-if/grants", skg_if.grants, name="skg_if"),
    path("mcp", mcp.endpoint, name="mcp"),
    path("", include(operations)),
]
urlpatterns = [
    path("v1/", include(V1)),
    path("", views.nowhere, name="nowhere"),
    path("<path:rest>", views.nowhere, name="nowhere_else"),
]
