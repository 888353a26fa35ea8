"""The matching of editions, on made-up trees of any shape."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from soichieu.documents.identity import Node, match_editions, similarity

WORDS = ["kế", "hoạch", "số", "dữ", "liệu", "mạng", "hạ", "tầng", "công", "nghệ", "chuyển", "đổi", "nhân", "lực", "quỹ"]


def sentence(number: int) -> str:
    """Twelve words drawn by number: the same number gives the same sentence, others share few words in order."""
    drawn = random.Random(number)
    return " ".join([f"câu{number}", *(f"{drawn.choice(WORDS)}{drawn.randrange(40)}" for _ in range(11))])


def tree(shape: list[list[int]]) -> list[Node]:
    """Sections of bullets, each bullet one frame with two sentences; citations count places."""
    nodes = []
    for section, bullets in enumerate(shape, 1):
        home = f"{section}"
        nodes.append(Node(home, None, f"Mục {section} có tiêu đề riêng", "section", f"id-s{section}"))
        for place, number in enumerate(bullets, 1):
            bullet = f"{home}.-{place}"
            nodes.append(Node(bullet, home, "", "bullet", f"id-b{number}"))
            for part in (1, 2):
                words = sentence(number * 2 + part)
                nodes.append(Node(f"{bullet}.s{part}", bullet, words, "sentence", f"id-{number}-{part}"))
    return nodes


SHAPES = st.integers(2, 12).flatmap(
    lambda many: st.permutations(range(many)).flatmap(
        lambda order: st.integers(1, len(order) - 1).map(lambda cut: [list(order[:cut]), list(order[cut:])])
    )
)


def fates(old: list[Node], new: list[Node]) -> dict[str, list]:
    found: dict[str, list] = {"same": [], "moved": [], "changed": [], "new": [], "gone": []}
    for match in match_editions(old, new):
        found[match.verdict].append(match)
    return found


@given(SHAPES)
def test_a_tree_matched_with_itself_is_the_same_throughout(shape):
    nodes = tree(shape)
    found = fates(nodes, nodes)
    assert len(found["same"]) == len(nodes)
    assert all(match.old == match.new for match in found["same"])


@given(SHAPES, st.data())
def test_every_node_is_in_exactly_one_match(shape, data):
    old = tree(shape)
    kept = data.draw(st.lists(st.sampled_from(range(20)), unique=True, min_size=1))
    new = tree([[number for number in bullets if number in kept] + [100] for bullets in shape[::-1]])
    new = [node for at, node in enumerate(new) if node.key not in {other.key for other in new[:at]}]
    matches = match_editions(old, new)
    assert sorted(match.old for match in matches if match.old) == sorted(node.key for node in old)
    assert sorted(match.new for match in matches if match.new) == sorted(node.key for node in new)


@given(SHAPES, st.data())
def test_an_inserted_bullet_makes_nothing_suspect_and_alone_is_new(shape, data):
    section = data.draw(st.integers(0, len(shape) - 1))
    place = data.draw(st.integers(0, len(shape[section])))
    after = [list(bullets) for bullets in shape]
    after[section].insert(place, 50)
    found = fates(tree(shape), tree(after))
    assert not found["changed"] and not found["gone"]
    assert {match.new for match in found["new"]} == {
        f"{section + 1}.-{place + 1}",
        f"{section + 1}.-{place + 1}.s1",
        f"{section + 1}.-{place + 1}.s2",
    }


@given(SHAPES, st.data())
def test_a_deleted_bullet_alone_is_gone(shape, data):
    section = data.draw(st.sampled_from([at for at, bullets in enumerate(shape) if bullets]))
    place = data.draw(st.integers(0, len(shape[section]) - 1))
    after = [list(bullets) for bullets in shape]
    number = after[section].pop(place)
    found = fates(tree(shape), tree(after))
    assert not found["changed"] and not found["new"]
    assert {match.identity for match in found["gone"]} == {f"id-b{number}", f"id-{number}-1", f"id-{number}-2"}


@given(SHAPES, st.data())
def test_a_moved_bullet_makes_nothing_suspect(shape, data):
    after = [list(bullets) for bullets in shape]
    source = data.draw(st.sampled_from([at for at, bullets in enumerate(shape) if bullets]))
    number = after[source].pop(data.draw(st.integers(0, len(after[source]) - 1)))
    target = data.draw(st.integers(0, len(after) - 1))
    after[target].insert(data.draw(st.integers(0, len(after[target]))), number)
    found = fates(tree(shape), tree(after))
    assert not found["changed"] and not found["gone"] and not found["new"]


@given(SHAPES, st.data())
def test_a_reworded_sentence_alone_is_changed_and_keeps_its_identity(shape, data):
    old = tree(shape)
    at = data.draw(st.sampled_from([at for at, node in enumerate(old) if node.level == "sentence"]))
    words = old[at].words.split()
    words[3:5] = ["được", "sửa", "lại"]
    new = list(old)
    new[at] = Node(old[at].key, old[at].parent, " ".join(words), "sentence")
    found = fates(old, new)
    assert [(match.identity, match.new) for match in found["changed"]] == [(old[at].identity, old[at].key)]
    assert not found["new"] and not found["gone"] and not found["moved"]


def test_a_sentence_printed_twice_is_found_at_its_nearest_place():
    def nodes(order: list[tuple[str, str]]) -> list[Node]:
        return [Node(f"s{at}", None, words, "sentence", name) for at, (name, words) in enumerate(order)]

    twice = "Cùng một câu được in hai lần trong văn bản này."
    old = nodes([("a", sentence(1)), ("b", twice), ("c", sentence(2)), ("d", twice), ("e", sentence(3))])
    new = nodes([("", sentence(9)), ("", sentence(1)), ("", twice), ("", sentence(2)), ("", sentence(3))])
    found = {match.identity: match for match in match_editions(old, new)}
    assert found["b"].new == "s2" and found["b"].verdict == "same"
    assert found["d"].verdict == "gone"


def test_another_text_in_the_same_place_is_new_and_the_old_one_gone():
    old = [Node("s1", None, "Phát triển hạ tầng số quốc gia.", "sentence", "a")]
    new = [Node("s1", None, "Các cấp ủy đảng tổ chức học tập nghị quyết.", "sentence")]
    assert [match.verdict for match in match_editions(old, new)] == ["new", "gone"]


def test_line_breaks_alone_change_nothing():
    old = [Node("s1", None, "Phát triển hạ tầng\nsố quốc gia.", "sentence", "a")]
    new = [Node("s1", None, "Phát triển  hạ tầng số quốc gia.", "sentence")]
    assert [match.verdict for match in match_editions(old, new)] == ["same"]


@given(st.text(max_size=60), st.text(max_size=60))
def test_similarity_stays_between_nothing_and_all(left, right):
    assert 0.0 <= similarity(left, right) <= 1.0
    assert similarity(left, left) == 1.0
