"""Addresses of this room."""

from django.urls import path

from soichieu.directives.views import addressees, opening, requirements, sentences

app_name = "directives"
urlpatterns = [
    path("directives/", requirements.directives, name="directives"),
    path("directives/<int:pk>/requirements/", requirements.requirements, name="requirements"),
    path("directives/<int:pk>/requirements/propose/", requirements.propose, name="propose"),
    path("directives/<int:pk>/requirements/chosen/", requirements.several, name="several"),
    path("directives/<int:pk>/requirements/new/", requirements.new, name="new"),
    path("directives/<int:pk>/addressees/", addressees.addressees, name="addressees"),
    path("directives/<int:pk>/open/", opening.open_out, name="open"),
    path("directives/requirements/<int:pk>/", requirements.requirement, name="requirement"),
    path("directives/requirements/<int:pk>/lead/", requirements.lead, name="lead"),
    path("directives/requirements/<int:pk>/sentences/", sentences.sentences, name="sentences"),
]
