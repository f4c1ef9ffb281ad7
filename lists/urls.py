from django.urls import path, register_converter

from lists.catalogue import PUBLIC_LISTS
from lists.views import alerts, files, opensearch


class PublicListConverter:
    """The name of a list, the same as in its page's address."""

    regex = "|".join(PUBLIC_LISTS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(PublicListConverter, "public_list")

app_name = "lists"
urlpatterns = [
    path("<public_list:name>.embed", files.embed, name="embed"),
    path("<public_list:name>.<slug:form>", files.file, name="file"),
    path("lists/<public_list:name>/embed/", files.embed_code, name="embed_code"),
    path("lists/<public_list:name>/alert/", alerts.ask, name="alert_ask"),
    path("alerts/sent/", alerts.sent, name="alert_sent"),
    path("alerts/confirm/<str:token>/", alerts.confirm, name="alert_confirm"),
    path("alerts/<slug:token>/end/", alerts.end, name="alert_end"),
    path("opensearch.xml", opensearch.description, name="opensearch"),
]
