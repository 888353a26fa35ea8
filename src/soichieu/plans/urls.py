"""Addresses of this room."""

from django.urls import path

from soichieu.plans.views import acts as act_views
from soichieu.plans.views import answers as views
from soichieu.plans.views import editions as edition_views
from soichieu.plans.views import handing_in
from soichieu.plans.views import plan as plan_views
from soichieu.plans.views import register as register_views
from soichieu.plans.views import reviews as review_views
from soichieu.plans.views import schemes as scheme_views

app_name = "plans"
urlpatterns = [
    path("plans/", register_views.register, name="register"),
    path("plans/enter/", register_views.enter, name="enter"),
    path("plans/hand-in/", handing_in.hand_in, name="hand-in"),
    path("plans/import/", register_views.take_over, name="import"),
    path("plans/review/<int:unit>/<int:directive>/", review_views.review, name="review"),
    path("plans/review/<int:unit>/<int:directive>/report.docx", review_views.report, name="review-report"),
    path("plans/review/<int:unit>/<int:directive>/register/", review_views.register, name="review-register"),
    path("plans/answers/", views.plans, name="answers"),
    path("plans/answer/<int:pk>/", views.answer, name="answer"),
    path("plans/answer/<int:pk>/directly/", views.directly, name="directly"),
    path("plans/plan/<slug:key>/", plan_views.plan, name="plan"),
    path("plans/plan/<slug:key>/correct/", register_views.correct, name="correct"),
    path("plans/plan/<slug:key>/lines/", edition_views.lines, name="lines"),
    path("plans/plan/<slug:key>/file/<int:ordinal>/", handing_in.file, name="file"),
    path("plans/plan/<slug:key>/versions/", edition_views.compare, name="versions"),
    path("plans/plan/<slug:key>/submit/", act_views.submit, name="submit"),
    path("plans/plan/<slug:key>/return/", act_views.give_back, name="return"),
    path("plans/plan/<slug:key>/approve/", act_views.approve, name="approve"),
    path("plans/plan/<slug:key>/answer/", act_views.answer_tasks, name="answer-tasks"),
    path("plans/plan/<slug:key>/superior/", act_views.superior, name="superior"),
    path("plans/plan/<slug:key>/scheme/<slug:item>/", scheme_views.scheme, name="scheme"),
]
