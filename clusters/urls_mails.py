"""The words of the site's mails, under the panel's address. Included before the panel's own."""

from django.urls import path

from clusters.views import wording

app_name = "panel_mails"
urlpatterns = [
    path("", wording.wordings, name="wordings"),
    path("<slug:group>/<slug:name>/", wording.wording, name="wording"),
    path("<slug:group>/<slug:name>/default/", wording.default, name="default"),
]
