"""Addresses of this room."""

from django.urls import path

from soichieu.plans import views

app_name = "plans"
urlpatterns = [
    path("plans/", views.plans, name="plans"),
    path("plans/answer/<int:pk>/", views.answer, name="answer"),
    path("plans/answer/<int:pk>/directly/", views.directly, name="directly"),
]
