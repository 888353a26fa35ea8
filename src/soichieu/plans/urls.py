"""Addresses of this room."""

from django.urls import path

from soichieu.plans.views import answers as views

app_name = "plans"
urlpatterns = [
    path("plans/answers/", views.plans, name="answers"),
    path("plans/answer/<int:pk>/", views.answer, name="answer"),
    path("plans/answer/<int:pk>/directly/", views.directly, name="directly"),
]
