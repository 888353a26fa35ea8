"""Weights as values, and what learning from decisions does to them."""

from __future__ import annotations

import pytest

from soichieu.alignment import Item, Judged, Provision, Weights, align, default_weights, learn

RIGHT = [
    Provision("energy", "Phát triển hạ tầng năng lượng sạch cho trung tâm dữ liệu"),
    Provision("law", "Sửa đổi các quy định pháp luật về khoa học, công nghệ"),
    Provision("school", "Nâng cao chất lượng giáo dục đại học"),
    Provision("health", "Phát triển y tế cơ sở"),
    Provision("abroad", "Đẩy mạnh hợp tác quốc tế về khoa học"),
]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_weights_survive_json_and_their_name_is_that_of_their_content(language):
    weights = default_weights(language)
    again = Weights.from_json(weights.to_json())
    assert again == weights and again.name == weights.name
    changed = weights.with_changes(placing=weights.placing | {"near": 0.0})
    assert changed.name != weights.name


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 99}', '{"format": 1, "language": "vi"}'])
def test_what_are_no_weights_is_refused(text):
    with pytest.raises(ValueError):
        Weights.from_json(text)


def test_no_decisions_change_nothing_but_the_count():
    prior = default_weights("vi")
    assert learn([], prior=prior) == prior
    undecided = Judged([Item("1", "Sửa đổi Luật Khoa học và Công nghệ")], RIGHT, {}, complete=False)
    assert learn([undecided], prior=prior) == prior


def test_learning_raises_what_is_accepted_and_lowers_what_is_refused():
    items = [Item(f"{n}", f"Đề án số {n} về bảo đảm nguồn điện cho các cơ sở tính toán") for n in range(30)]
    before = align(items, RIGHT)
    first = before.of("0")[0].right
    other = next(one.right for one in before.of("0") if one.right != first)
    refused = Judged(items, RIGHT, {(item.id, first): "none" for item in items}, complete=False)
    after = align(items, RIGHT, weights=learn([refused]))
    assert after.of("0")[0].score < before.of("0")[0].score
    accepted = Judged(items, RIGHT, {(item.id, other): "subset" for item in items})
    taught = align(items, RIGHT, weights=learn([accepted]))

    def rank(found, right):
        return next(one.rank for one in found.of("0") if one.right == right)

    assert rank(taught, other) < rank(before, other)


def test_a_few_decisions_move_less_than_many():
    prior = default_weights("vi")

    def moved(count):
        items = [Item(f"{n}", f"Nhiệm vụ {n}: hợp tác với các nước về y tế") for n in range(count)]
        links = {(item.id, "abroad"): "intersects" for item in items} | {(item.id, "health"): "none" for item in items}
        return sum(
            abs(value - prior.content[name]) for name, value in learn([Judged(items, RIGHT, links)]).content.items()
        )

    assert 0 < moved(1) < moved(20)


def test_plain_pairs_are_learnt_from_too():
    pairs = [("Sửa đổi Luật Thuế", "Hoàn thiện pháp luật về thuế", True), ("Sửa đổi Luật Thuế", "Mở trường", False)]
    judged = Judged.of_pairs(pairs)
    assert len(judged.left) == 1 and len(judged.right) == 2 and not judged.complete
    learnt = learn([judged])
    assert learnt.language == "vi" and learnt != default_weights("vi")
    assert learnt.learnt_from == default_weights("vi").learnt_from + 2


def test_weights_of_another_language_are_refused_only_when_the_language_is_said():
    found = align([Item("1", "Sửa đổi luật")], RIGHT, weights=default_weights("vi"))
    assert found.weights.language == "vi"
    with pytest.raises(ValueError, match="weights for en"):
        align([Item("1", "Sửa đổi luật")], RIGHT, weights=default_weights("en"), language="vi")
