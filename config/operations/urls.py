from django.urls import path

from config.operations import views

app_name = "panel_operations"
urlpatterns = [path("", views.state_page, name="state")]
