"""Addresses of the top floor, page by page."""

from django.urls import path, re_path

from soichieu.board.codes import PATTERN
from soichieu.board.views import board, entry, leader, my_work, obligation, search, short, tasks, thread, unit, units

app_name = "board"

BOARD = [
    path("board/", board.boards, name="boards"),
    path("board/<int:pk>/", board.board, name="board"),
    path("board/<int:pk>/list/", tasks.tasks, name="list"),
    re_path(rf"^board/(?P<pk>\d+)/(?P<code>(?!$){PATTERN})$", short.short, name="short"),
]
WORK = [
    path("board/obligation/<int:pk>/", obligation.obligation, name="obligation"),
    path("board/obligation/<int:pk>/units/", obligation.units, name="obligation-units"),
    path("board/entry/<int:pk>/", entry.entry, name="entry"),
    path("board/entry/<int:pk>/files/<str:sha256>/", entry.evidence, name="evidence"),
    path("board/thread/<int:pk>/", thread.thread, name="thread"),
]

PEOPLE = [
    path("my-work/", my_work.my_work, name="my-work"),
    path("units/", units.units, name="units"),
    path("units/<int:pk>/", unit.unit, name="unit"),
    path("leader/", leader.leader, name="leader"),
    path("search/", search.search, name="search"),
]

urlpatterns = [*BOARD, *WORK, *PEOPLE]
