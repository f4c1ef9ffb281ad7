"""What programs ask of the log, without a language: heads, tiles, proofs, and another log's head to be witnessed."""

from django.urls import path, re_path

from transparency import views

app_name = "transparency_machines"
urlpatterns = [
    path("log/checkpoint", views.checkpoint, name="checkpoint"),
    re_path(
        r"^log/tile/(?P<level>\d)/(?P<number>(?:x\d{3}/){0,5}\d{3})(?:\.p/(?P<width>\d{1,3}))?$",
        views.tile,
        name="tile",
    ),
    re_path(r"^log/proof/(?P<sha256>[0-9a-f]{64})$", views.proof, name="proof"),
    path("log/add-checkpoint", views.add_checkpoint, name="add_checkpoint"),
]
