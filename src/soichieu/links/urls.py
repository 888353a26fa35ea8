"""Addresses of this room."""

from django.urls import path

from soichieu.links.views import matrix

app_name = "links"
urlpatterns = [
    path("soi-chieu/matrix/<int:pk>/", matrix.matrix, name="matrix"),
    path("soi-chieu/provision/<str:key>/", matrix.provision, name="provision"),
]
