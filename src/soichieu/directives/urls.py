"""Addresses of this room."""

from django.urls import path

from soichieu.directives import addressee_views, opening_views, views

app_name = "directives"
urlpatterns = [
    path("directives/", views.directives, name="directives"),
    path("directives/<int:pk>/requirements/", views.requirements, name="requirements"),
    path("directives/<int:pk>/requirements/propose/", views.propose, name="propose"),
    path("directives/<int:pk>/requirements/chosen/", views.several, name="several"),
    path("directives/<int:pk>/requirements/new/", views.new, name="new"),
    path("directives/<int:pk>/addressees/", addressee_views.addressees, name="addressees"),
    path("directives/<int:pk>/open/", opening_views.open_out, name="open"),
    path("directives/requirements/<int:pk>/", views.requirement, name="requirement"),
    path("directives/requirements/<int:pk>/lead/", views.lead, name="lead"),
]
