"""A statement that is sent in writing after all, on the pages: nobody is called for it, and all are told so."""

from __future__ import annotations

from django.urls import reverse

from soichieu.conferences.commands import agenda, statements
from tests.conferences.test_before_pages import _days, at, commission, seen_by, words  # noqa: F401


def test_a_statement_that_is_sent_in_writing_after_all_is_said_to_need_no_call(client, meeting, at):  # noqa: F811
    steering = meeting.house.askers["steering"]
    key = commission(meeting, site="s1")
    statements.register_text(asker=meeting.site, conference=meeting.conference, statement=key, text="Kính thưa", seen=0)
    statements.review(asker=steering, conference=meeting.conference, statement=key, review="accepted")
    others = [agenda.as_line(item) for item in meeting.state.agenda if item.site != "s1"]
    agenda.set_agenda(asker=steering, conference=meeting.conference, items=others)
    agenda.put_statements(asker=steering, conference=meeting.conference, statements=[key])
    line = next(n for n, item in enumerate(meeting.state.agenda, start=1) if item.statement == key)
    seen_by(client, meeting, "staff")
    site = reverse("conferences:site", args=[meeting.conference.key, "s1"])
    assert "Lượt chúng ta: sau" in words(client.get(site))
    sent = {"do": "text", "text-seen": "1", "text-delivery": "spoken", "text-text": "Kính thưa"}
    same = client.post(at("statement", key), sent)
    assert same.status_code == 422 and "giống từng chữ" in words(same)
    sent["text-delivery"] = "written"
    page = client.post(at("statement", key), sent, follow=True)
    said = [str(one) for one in page.context["messages"]]
    assert said[0] == "Đã gửi văn bản lần 2, đang chờ duyệt." and f"mục {line} của chương trình" in said[1]
    assert "Mục này còn đó cho đến khi" in words(page)
    page = words(client.get(site))
    assert "không mời phát biểu.</p>" in page and "Lượt chúng ta: sau" not in page.replace("sau {n}", "")
    assert f'<a href="{at("statement", key)}">' in page
    assert "hãy bỏ mục này" not in words(client.get(at("agenda")))
    seen_by(client, meeting)
    assert f"Mục {line}, “" in words(client.get(at("agenda"))) and "hãy bỏ mục này" in words(client.get(at("agenda")))
