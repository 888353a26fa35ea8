"""Addresses of this room."""

from django.urls import path

from soichieu.conferences.views import register

app_name = "conferences"
urlpatterns = [
    path("conferences/", register.conferences, name="conferences"),
]
