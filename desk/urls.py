"""What programs fetch of the desk: a calendar, at an address that is a secret."""

from django.urls import path

from desk.views import calendar

app_name = "desk"
urlpatterns = [path("calendar/<str:token>.ics", calendar.ics, name="ics")]
