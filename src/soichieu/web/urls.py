"""Addresses of the shell."""

from django.urls import path

from soichieu.web import views

app_name = "web"
urlpatterns = [
    path("", views.home, name="home"),
    path("about", views.about, name="about"),
    path("about/components", views.components, name="components"),
    path("health", views.health, name="health"),
    path("language", views.set_language, name="set-language"),
    path("light", views.light, name="light"),
]
