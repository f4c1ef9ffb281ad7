from django.urls import path

from bench.floor import views

urlpatterns = [path("hello/", views.hello), path("floor/", views.floor)]
