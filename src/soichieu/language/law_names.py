"""Names of laws in running text: where they end.

A law is cited by its name, and the name has no end mark. Names with commas, or with words that otherwise end a
name, are listed; other names end before the first word that names of laws do not have.
"""

from __future__ import annotations

import re
from functools import lru_cache

from .citation_forms import LAW_NAME, LAW_STOP
from .text import comparison_key

_key = lru_cache(maxsize=8192)(comparison_key)

_LISTED = """
An toàn, vệ sinh lao động
An toàn thông tin mạng
Ban hành văn bản quy phạm pháp luật
Bảo vệ quyền lợi người tiêu dùng
Bầu cử đại biểu Quốc hội và đại biểu Hội đồng nhân dân
Cán bộ, công chức
Các tổ chức tín dụng
Chất lượng sản phẩm, hàng hóa
Công nghiệp công nghệ số
Dân quân tự vệ
Đầu tư theo phương thức đối tác công tư
Hoạt động giám sát của Quốc hội và Hội đồng nhân dân
Hỗ trợ doanh nghiệp nhỏ và vừa
Khoa học và Công nghệ
Khoa học, công nghệ và đổi mới sáng tạo
Lực lượng tham gia bảo vệ an ninh, trật tự ở cơ sở
Mặt trận Tổ quốc Việt Nam
Người lao động Việt Nam đi làm việc ở nước ngoài theo hợp đồng
Nhập cảnh, xuất cảnh, quá cảnh, cư trú của người nước ngoài tại Việt Nam
Phòng cháy và chữa cháy
Phòng cháy, chữa cháy và cứu nạn, cứu hộ
Phòng, chống bạo lực gia đình
Phòng, chống bệnh truyền nhiễm
Phòng, chống khủng bố
Phòng, chống ma túy
Phòng, chống mua bán người
Phòng, chống rửa tiền
Phòng, chống tác hại của rượu, bia
Phòng, chống tác hại của thuốc lá
Phòng, chống tham nhũng
Phòng, chống thiên tai
Quản lý, sử dụng tài sản công
Quản lý và sử dụng tài sản công
Quản lý, sử dụng vốn nhà nước đầu tư vào sản xuất, kinh doanh tại doanh nghiệp
Quản lý, sử dụng vũ khí, vật liệu nổ và công cụ hỗ trợ
Sĩ quan Quân đội nhân dân Việt Nam
Thi đua, khen thưởng
Thi hành tạm giữ, tạm giam
Thực hành tiết kiệm, chống lãng phí
Thực hiện dân chủ ở cơ sở
Thuế xuất khẩu, nhập khẩu
Thuế xuất khẩu, thuế nhập khẩu
Tiêu chuẩn và Quy chuẩn kỹ thuật
Tín ngưỡng, tôn giáo
Trách nhiệm bồi thường của Nhà nước
Trật tự, an toàn giao thông đường bộ
Xuất cảnh, nhập cảnh của công dân Việt Nam
"""
LISTED = frozenset(comparison_key(name) for name in _LISTED.strip().splitlines())
"""Comparison keys of the names that only a list can tell."""

_LONGEST = 260
_STRIP = ".,;:)|”\"'\u200b\ufeff"
_TURNS = ("và", "về", "cho", "trong", "theo")
_OTHERS = ("Luật", "Bộ", "Nghị", "Quyết", "Pháp", "Chính", "Quốc", "Ủy", "Hội", "Thông", "Hiến")
_OVER = re.compile(r"[.]\s|\b(?:Nghị định|Nghị quyết|Thông tư|Quyết định số|này|quy định tại)\b")


def runs_over(name: str) -> bool:
    """Whether what looks like a name runs on into another sentence or document."""
    return bool(_OVER.search(name))


def known_name(text: str, start: int, cited: set[str]) -> tuple[str, int] | None:
    """The longest name, listed or `cited` (comparison keys), that stands at `start`, as printed, and its end."""
    best: tuple[str, int] | None = None
    words: list[str] = []
    keys: list[str] = []
    for word in re.finditer(r"\s+([^\s]+)", text[start : start + _LONGEST]):
        bare = word[1].rstrip(_STRIP)
        key = " ".join([*keys, _key(bare)])
        if key in LISTED or key in cited:
            best = " ".join([*words, bare]), start + word.start(1) + len(bare)
        words.append(word[1])
        keys.append(_key(word[1]))
        if len(words) > 30 or word[1][-1] in ".;:)|":
            break
    return best


def likely_name(text: str, start: int) -> tuple[str, int] | None:
    """The likely name at `start`: capitalised, up to a word that names of laws do not have."""
    found = LAW_NAME.match(text, start)
    if not found:
        return None
    parts = list(re.finditer(r"[^\s]+", found[0]))
    words: list[str] = []
    end = start
    for place, part in enumerate(parts):
        bare = part[0].rstrip(_STRIP)
        if not bare or (not words and not bare[:1].isupper()):
            break
        if LAW_STOP.match(bare):
            after = parts[place + 1][0] if place + 1 < len(parts) else ""
            if not (bare in _TURNS and words and after[:1].isupper() and after.rstrip(_STRIP) not in _OTHERS):
                break
        words.append(bare)
        end = start + part.start() + len(bare)
        if bare != part[0]:
            break
    return (" ".join(words), end) if words else None
