"""The desk's address for calendar programs, which contains a secret token."""

from django.urls import path

from desk.views import calendar

app_name = "desk"
urlpatterns = [path("calendar/<str:token>.ics", calendar.ics, name="ics")]
