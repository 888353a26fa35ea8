"""Addresses of this room."""

from django.urls import path

from soichieu.plans.views import answers as views
from soichieu.plans.views import editions as edition_views
from soichieu.plans.views import plan as plan_views

app_name = "plans"
urlpatterns = [
    path("plans/answers/", views.plans, name="answers"),
    path("plans/answer/<int:pk>/", views.answer, name="answer"),
    path("plans/answer/<int:pk>/directly/", views.directly, name="directly"),
    path("plans/plan/<slug:key>/", plan_views.plan, name="plan"),
    path("plans/plan/<slug:key>/lines/", edition_views.lines, name="lines"),
]
