"""The light table in one read: what stands, what waits, what is to be looked at again, what leaves as a file."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import io

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.urls import reverse

from soichieu import alignment
from soichieu.documents.commands import read_edition, register_document
from soichieu.links import suggesting
from soichieu.links.commands.decisions import Suggested, decide, leave_open, withdraw
from soichieu.links.models import Decision, WeightsVersion
from soichieu.links.queries import pairs
from soichieu.links.queries.table import letter, table
from soichieu.links.showing import Shown
from soichieu.links.words import differs_words, drift_words
from tests.baselines import assert_query_baseline
from tests.directives.conftest import DATA


@pytest.fixture(autouse=True)
def _fresh():
    suggesting.forget()


def at(desk, asker="staff", **options):
    return table(desk.house.askers[asker], desk.key, desk.document.pk, **options)


def accept(desk, line, relation=""):
    """Accept a line's first suggestion; gives the decision."""
    found = at(desk)
    one = found.lines[line]
    candidate = found.proposed_for(one)[0]
    return desk.call(
        decide,
        item_key=one.item.key,
        provision_key=found.offered.by_identity[candidate.identity].key,
        relation=relation or candidate.relation,
        suggestion=Suggested(candidate.rank, candidate.score, candidate.relation, found.weights),
    )


def url(desk, **query):
    address = reverse("links:table", args=[desk.key, desk.document.pk])
    return address + ("?" + "&".join(f"{key}={value}" for key, value in query.items()) if query else "")


def test_what_is_decided_stands_on_both_sheets_and_is_counted(desk):
    made = accept(desk, 0, "subset")
    touched = accept(desk, 2, "intersects")
    refused = accept(desk, 3, "none")
    desk.call(leave_open, provision_key=desk.place("IV.1.s1"), reason="việc của đơn vị khác")
    found = at(desk)
    assert [link.decision for link in found.lines[0].links] == [made]
    assert found.sentence_by_identity[made.provision_id].answers == [found.lines[0]]
    assert found.lines[2] in found.sentence_by_identity[touched.provision_id].touches
    assert (found.lines[3].links, found.lines[3].refused) == ([], 1)
    assert refused.provision_id not in {one.identity for one in found.lines[3].waiting}
    assert found.decided == 3
    assert found.counts["left_open"] == 1
    assert found.counts["no_item"] == len(found.sentences) - 2
    row = next(one for one in pairs.Pairs(desk.house.askers["staff"]).kept((), "") if one.document == desk.document)
    assert (row.decided, row.lines, row.without, row.sentences) == (
        3, 24, found.counts["no_item"], len(found.sentences),
    )  # fmt: skip


def test_viewpoints_and_headings_are_not_offered(desk):
    found = at(desk).offered
    places = {one.citation for one in found.offers}
    assert "III.1.-1.s1" in places
    assert not {"I.1.s1", "III", "III.1", "III.1.-1", "preamble.1.s1"} & places
    assert found.viewpoints == 11
    assert [words for _place, words in found.by_key[desk.place("III.1.-1.s1")].headings][0].endswith("GIẢI PHÁP")


def test_the_rows_of_a_task_table_are_offered_too(desk):
    found = table(desk.house.askers["staff"], desk.key, desk.programme.pk)
    assert len(found.sentences) == 140
    assert found.sentences[0].offer.deadline == dt.date(2025, 6, 30)
    # The plan's lines are that table's own rows: each is tied to its row and told to be copied.
    assert all(line.waiting[0].identity == found.sentences[at].offer.identity for at, line in enumerate(found.lines))
    assert found.shares["copied"] >= 20


def test_a_plan_edited_between_keeps_its_decisions_and_only_the_edited_line_is_looked_at_again(desk):
    first, second = accept(desk, 0), accept(desk, 1)
    desk.plans.edit(desk.key, first.item_key, text="Xây dựng chương trình tuyên truyền của Cục, xong trước 30-6-2025.")
    found = at(desk)
    assert found.lines[0].links[0].decision == first
    assert found.lines[0].links[0].again == "item"
    assert (found.lines[1].links[0].decision, found.lines[1].links[0].again) == (second, "")
    assert found.counts["again"] == 1


def test_a_provision_changed_in_a_new_edition_puts_exactly_its_links_to_look_at_again(desk):
    made = [accept(desk, line) for line in range(8)]
    changed = made[0].provision_id
    for place in ("III.1.-2.s1", "IV.1.s1"):
        desk.call(leave_open, provision_key=desk.place(place), reason="việc của đơn vị khác")
    before = at(desk)
    sentence = before.sentence_by_identity[changed].offer
    text = (DATA / "57-NQ-TW.txt").read_text(encoding="utf-8")
    assert sentence.text in text
    reworded = sentence.text.replace("Có chương trình", "Sớm có chương trình")
    assert reworded != sentence.text
    steering = desk.house.askers["steering"]
    read_edition(steering, desk.document, text.replace(sentence.text, reworded).encode(), "57-NQ-TW-2.txt")
    found = at(desk)
    again = {link.decision.pk for line in found.lines for link in line.links if link.again}
    assert again == {one.pk for one in made if one.provision_id == changed}
    assert {link.again for line in found.lines for link in line.links} == {"", "provision"}
    assert [one.offer.identity for one in found.sentences if one.again] == [changed]


def test_a_sentence_that_is_gone_keeps_its_decision_with_the_words_it_had(desk):
    made = accept(desk, 0)
    sentence = at(desk).sentence_by_identity[made.provision_id].offer
    text = (DATA / "57-NQ-TW.txt").read_text(encoding="utf-8").replace(sentence.text, "")
    read_edition(desk.house.askers["steering"], desk.document, text.encode(), "57-NQ-TW-2.txt")
    link = at(desk).lines[0].links[0]
    assert (link.again, link.offer) == ("gone", None)
    assert sentence.text in link.was


def test_new_weights_make_other_suggestions_and_change_no_decision(desk):
    made = [accept(desk, line) for line in range(3)]
    before = at(desk)
    learnt = alignment.default_weights("vi").with_changes(chance={})
    import json

    WeightsVersion.objects.create(
        name=learnt.name, content=json.loads(learnt.to_json()), learnt_from=0, made_at=made[0].made_at
    )
    after = at(desk)
    assert after.weights == learnt.name != before.weights
    assert after.lines[5].waiting[0].score != before.lines[5].waiting[0].score
    assert list(Decision.objects.order_by("pk")) == made
    assert [line.links[0].decision.weights for line in after.lines[:3]] == [before.weights] * 3


def test_what_was_taken_over_is_shown_to_the_plans_own_unit_first(desk):
    above = at(desk, "steering")
    assert not above.checked
    assert not above.shares
    assert all(line.taken is None and not line.clears and not line.drifts for line in above.lines)
    own = at(desk, "staff")
    assert own.checked
    assert sum(own.shares.values()) > 0
    assert at(desk, "steering").checked


def test_the_pass_goes_from_line_to_line_and_stays_at_the_end(desk):
    found = at(desk)
    here = found.first()
    seen = []
    for _step in range(200):
        assert here is not None
        if here.sentence is None or here.candidate is None or here.link or here.refusal:
            break
        seen.append((here.line.ordinal, here.candidate.rank))
        desk.call(
            decide, item_key=here.line.item.key, provision_key=here.sentence.offer.key, relation=here.candidate.relation
        )
        found = at(desk)
        here = found.after(here.line.item.key, here.sentence.offer.key)
    assert seen == sorted(seen)
    assert found.counts["todo"] == 0
    assert not list(found.queue())


def test_two_superiors_that_ask_the_same_by_other_dates_are_pointed_at(desk):
    steering = desk.house.askers["steering"]

    def register(number, words):
        text = f"NGHỊ QUYẾT\nvề chuyển đổi số\n\nI. NHIỆM VỤ\n\n1. {words}\n2. Bảo đảm an toàn thông tin mạng cấp xã.\n"
        return register_document(
            steering, number=number, issuer="Bộ Chính trị", signed_on=dt.date(2025, 1, 2), public=True,
            file=(text.encode(), "v.txt"),
        )  # fmt: skip

    words = "Hoàn thành nền tảng dữ liệu dùng chung của tất cả các bộ, ngành trước ngày {}."
    first = register("58-NQ/TW", words.format("30-6-2025"))
    second = register("59-NQ/TW", words.format("31-12-2025"))
    found = table(desk.house.askers["staff"], desk.key, first.pk, second_id=second.pk)
    differing = [one for one in found.sentences if one.fits("differs")]
    assert [twin.offer.text for one in differing for twin in one.twins] == [words.format("31-12-2025")]
    told = differing[0].twins[0].differs
    assert [(one.kind, "30-6-2025" in one.superior, "31-12-2025" in one.item) for one in told] == [
        ("deadline_later", True, True)
    ]
    # Neither superior is the measure of the other: the page says that they differ, not which falls behind.
    assert differs_words(told[0]) != drift_words(told[0])
    # The other way round the same is told, not its opposite.
    turned = table(desk.house.askers["staff"], desk.key, second.pk, second_id=first.pk)
    back = next(one for one in turned.sentences if one.fits("differs")).twins[0].differs
    assert [("31-12-2025" in one.superior, "30-6-2025" in one.item) for one in back] == [(True, True)]


def test_the_address_says_what_is_shown_and_what_fits_no_filter_is_hidden(desk):
    accept(desk, 0)
    found = at(desk)
    shown = Shown.of(found, "/x/", {"show": "todo", "q": "phong trao"})
    assert shown.lines
    assert all("phong trào" in one.item.text and one.todo for one in shown.lines)
    assert shown.url(show="") == "/x/?q=phong+trao"
    assert Shown.of(found, "/x/", {"show": "no-such-filter"}).show == ""
    assert letter(1) + letter(26) + letter(27) + letter(703) == "azaaaaa"


def test_exactly_what_is_filtered_leaves_as_a_file(client, desk):
    accept(desk, 0, "equivalent")
    desk.call(leave_open, provision_key=desk.place("III.1.-1.s2"), reason="=việc của đơn vị khác")
    client.force_login(desk.house.accounts["staff"])

    def rows(**query):
        answer = client.get(url(desk, export="csv", **query))
        text = b"".join(answer.streaming_content).decode("utf-8-sig")
        lines = list(csv.reader(io.StringIO(text)))
        head = next(place for place, line in enumerate(lines) if len(line) > 10)
        return lines[:head], lines[head], lines[head + 1 :]

    _head, labels, all_of_it = rows()
    assert len(labels) == 19
    assert len(all_of_it) == 24 + len(at(desk).sentences) - 1
    head, _labels, left = rows(show="left_open")
    assert [line[6:9] for line in left] == [["III.1.-1.s2", left[0][7], "để trống có lý do"]]
    assert left[0][12].startswith("'=")
    assert any("để trống có lý do" in " ".join(line) for line in head)
    _head, _labels, waiting = rows(show="todo", q="Nghị định")
    found = Shown.of(at(desk), "", {"show": "todo", "q": "Nghị định"})
    assert [line[2] for line in waiting] == [one.item.text for one in found.lines]
    assert client.get(url(desk, export="xlsx")).status_code == 200


def test_somebody_above_looks_but_does_not_decide_and_others_see_nothing(client, desk):
    found = at(desk)
    body = {
        "item": found.lines[0].item.key,
        "with": found.sentences[0].offer.key,
        "relation": "subset",
        "act": "decide",
    }
    address = reverse("links:decide", args=[desk.key, desk.document.pk])
    for name, shown, posted in (
        ("steering", 200, 403),
        ("observer", 200, 403),
        ("clerk", 200, 403),
        ("other", 404, 404),
    ):
        client.force_login(desk.house.accounts[name])
        assert client.get(url(desk)).status_code == shown, name
        assert client.post(address, body).status_code == posted, name
    assert not Decision.objects.exists()
    with pytest.raises(ObjectDoesNotExist):
        at(desk, "other")


def test_everything_works_without_a_script(client, desk):
    client.force_login(desk.house.accounts["staff"])
    found = at(desk)
    pair = found.first()
    address = reverse("links:decide", args=[desk.key, desk.document.pk])
    body = {"item": pair.line.item.key, "with": pair.sentence.offer.key, "seen": ""}
    answer = client.post(address, {**body, "act": "decide", "relation": "superset"})
    assert answer.status_code == 302
    made = Decision.objects.get()
    assert (made.relation, made.origin, made.suggested) == ("superset", "changed", pair.candidate.relation)
    assert made.weights == found.weights
    page = client.get(answer["Location"]).content.decode()
    assert f'name="seen" value="{made.pk}"' in page
    assert "Đã ghi" in page
    back = client.post(address, {**body, "act": "withdraw", "seen": made.pk})
    assert back.status_code == 302
    assert Decision.objects.order_by("-pk").first().origin == "withdrawn"
    refused = client.post(address, {**body, "act": "refuse", "seen": Decision.objects.order_by("-pk").first().pk})
    assert refused.status_code == 302
    opened = client.post(address, {**body, "act": "leave_open", "reason": "năm sau"})
    assert opened.status_code == 302
    assert at(desk).counts["left_open"] == 1


def test_a_wrong_or_overtaken_form_keeps_what_was_typed_and_says_why(client, desk):
    client.force_login(desk.house.accounts["staff"])
    pair = at(desk).first()
    address = reverse("links:decide", args=[desk.key, desk.document.pk])
    body = {"item": pair.line.item.key, "with": pair.sentence.offer.key, "seen": ""}
    empty = client.post(address, {**body, "act": "leave_open", "reason": " "})
    assert empty.status_code == 422
    assert "Nêu lý do để trống câu này." in empty.content.decode()
    assert client.post(address, {**body, "act": "dance"}).status_code == 422
    made = accept(desk, 0)
    late = client.post(address, {**body, "act": "decide", "relation": "none"})
    assert late.status_code == 409
    assert "Người staff" in late.content.decode()
    assert Decision.objects.get() == made


def test_an_exchange_brings_the_next_pair_and_only_the_rows_that_changed(client, desk):
    client.force_login(desk.house.accounts["staff"])
    pair = at(desk).first()
    body = {
        "item": pair.line.item.key, "with": pair.sentence.offer.key, "seen": "", "act": "decide", "relation": "subset",
    }  # fmt: skip
    address = reverse("links:decide", args=[desk.key, desk.document.pk])
    answer = client.post(address, body, headers={"HX-Request": "true", "HX-Target": "lamp"})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "<html" not in text
    assert text.count('id="l-') == 1
    assert 1 <= text.count('id="s-') <= 8
    assert f'id="s-{pair.sentence.offer.key}"' in text
    assert 'data-said="Đã ghi' in text
    # The address is that of the pair that lies under the lamp now.
    assert f'data-item="{answer["HX-Replace-Url"].partition("item=")[2].partition("&")[0]}"' in text
    taken = client.post(
        address,
        {**body, "act": "withdraw", "seen": Decision.objects.get().pk},
        headers={"HX-Request": "true", "HX-Target": "lamp"},
    )
    assert f'data-item="{pair.line.item.key}"' in taken.content.decode()


def test_a_plan_without_lines_and_a_text_that_asks_nothing_say_so(client, desk):
    client.force_login(desk.house.accounts["staff"])
    desk.plans.holdings[desk.key] = dataclasses.replace(desk.holding, items=())
    assert "Kế hoạch này chưa có đầu việc." in client.get(url(desk)).content.decode()
    bare = register_document(
        desk.house.askers["steering"],
        number="60-NQ/TW",
        issuer="Bộ Chính trị",
        signed_on=dt.date(2025, 1, 2),
        public=True,
    )
    assert client.get(reverse("links:table", args=[desk.key, bare.pk])).status_code == 404


def test_the_page_and_a_decision_cost_few_queries(client, desk):
    client.force_login(desk.house.accounts["staff"])
    for line in range(12):
        accept(desk, line)
    client.get(url(desk))
    with assert_query_baseline("links:table", maximum=30):
        assert client.get(url(desk)).status_code == 200
    with assert_query_baseline("links:tables", maximum=25):
        assert client.get(reverse("links:tables")).status_code == 200
    pair = at(desk).first()
    body = {
        "item": pair.line.item.key, "with": pair.sentence.offer.key, "seen": "", "act": "decide", "relation": "subset",
    }  # fmt: skip
    with assert_query_baseline("links:decide", maximum=45):
        client.post(
            reverse("links:decide", args=[desk.key, desk.document.pk]), body,
            headers={"HX-Request": "true", "HX-Target": "lamp"},
        )  # fmt: skip


def test_a_decision_taken_back_waits_again(desk):
    made = accept(desk, 0)
    found = at(desk)
    key = found.sentence_by_identity[made.provision_id].offer.key
    desk.call(withdraw, item_key=made.item_key, provision_key=key, seen=made.pk)
    line = at(desk).lines[0]
    assert (line.links, line.decided) == ([], False)
    assert made.provision_id in {one.identity for one in line.waiting}


def test_the_documents_page_leads_to_the_light_table(client, desk):
    client.force_login(desk.house.accounts["staff"])
    page = client.get(reverse("documents:document", args=[desk.document.pk])).content.decode()
    assert url(desk) in page


def test_when_nothing_waits_any_more_it_is_said(client, desk):
    client.force_login(desk.house.accounts["staff"])
    address = reverse("links:decide", args=[desk.key, desk.document.pk])
    told = []
    while True:
        found = at(desk)
        if not (queue := list(found.queue())):
            break
        line, candidate = queue[0]
        place = found.sentence_by_identity[candidate.identity].offer.key
        body = {"item": line.item.key, "with": place, "seen": "", "act": "decide", "relation": candidate.relation}
        page = client.post(address, body, headers={"HX-Request": "true"})
        assert page.status_code == 200
        told.append("Ở đây không còn gợi ý nào chờ quyết định" in page.content.decode())
    assert told[-1] and not any(told[:-1])
