"""The pages of mail texts, under the panel's path. Included before the panel's own URLs."""

from django.urls import path

from clusters.views import wording

app_name = "panel_mails"
urlpatterns = [
    path("", wording.wordings, name="wordings"),
    path("<slug:group>/<slug:name>/", wording.wording, name="wording"),
    path("<slug:group>/<slug:name>/default/", wording.default, name="default"),
]
