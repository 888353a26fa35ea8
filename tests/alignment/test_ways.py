"""Each way in which a day, a term, a rhythm, a share or a duration is written, against each way of the superior's.

Every superior is compared with every equal or stricter item (nothing may be told) and with every laxer one.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from soichieu.alignment.later_times import later
from soichieu.alignment.targets import weaker_target

Found = tuple[str, str] | None
Way = tuple[str, Callable[[str, str], Found], list[str], list[str], list[str]]


def _later(superior: str, item: str) -> Found:
    return later(superior, "", item, "")


def _cell(superior: str, item: str) -> Found:
    return later("", superior, "", item)


def _weaker(superior: str, item: str) -> Found:
    return weaker_target(superior, "", item, "")


def _ways(text: str, frame: str = "{}") -> list[str]:
    """The ways of a list, which are set apart by bars and lines, each in its sentence."""
    return [frame.format(one.strip()) for line in text.strip().splitlines() for one in line.split(" | ")]


BY_JUNE_VI = """
6/2026 | 06/2026 | tháng 6/2026 | tháng 6 năm 2026 | trong tháng 6 năm 2026 | 30/6/2026 | ngày 30/6/2026
30-6-2026 | 30.6.2026 | trước ngày 30/6/2026 | trước 01/7/2026 | trước ngày 01 tháng 7 năm 2026
hết tháng 6/2026 | đến hết tháng 6 năm 2026 | quý II/2026 | Quý II năm 2026 | quý 2/2026 | hết quý II/2026
cuối quý II năm 2026 | 6 tháng đầu năm 2026 | nửa đầu năm 2026 | trước ngày 15/6/2026 | tháng 5/2026
quý I/2026 | đầu tháng 6/2026 | giữa tháng 6/2026 | cuối tháng 6/2026 | tuần cuối tháng 6 năm 2026
chậm nhất 30/6/2026 | chậm nhất là ngày 30 tháng 6 năm 2026 | muộn nhất ngày 29/6/2026
xong trong quý II/2026 | không muộn hơn 30/6/2026 | năm 2025 | 31/12/2025 | cuối năm 2025 | hết năm 2025
H1/2026 | H1 2026 | từ nay đến 30/6/2026 | trước tháng 7/2026 | trước quý III/2026
trong 10 ngày đầu tháng 6/2026 | thượng tuần tháng 6/2026 | đến 30/6/2026 | hạn 30/6/2026
từ tháng 3 đến tháng 6/2026 | tháng 4 - 6/2026 | quý I, II/2026
"""
AFTER_JUNE_VI = """
7/2026 | tháng 7/2026 | tháng 7 năm 2026 | 15/7/2026 | ngày 15/7/2026 | trước ngày 31/7/2026 | quý III/2026
quý III năm 2026 | hết quý III/2026 | cuối quý III/2026 | cuối năm 2026 | hết năm 2026 | năm 2026
6 tháng cuối năm 2026 | nửa cuối năm 2026 | 31/12/2026 | đầu năm 2027 | năm 2027 | quý I/2027
giữa tháng 7/2026 | cuối tháng 7/2026 | đến hết tháng 9/2026 | H2/2026 | mùa thu 2026
học kỳ I năm học 2026-2027 | năm học 2026-2027 | Tết Nguyên đán 2027 | kỳ họp cuối năm 2026
trước ngày 20 tháng 8 năm 2026 | tuần đầu tháng 8/2026 | 2026-2027 | giai đoạn 2026 - 2030 | từ quý III/2026
trung tuần tháng 7/2026 | 10 ngày đầu tháng 8 năm 2026 | quý III, IV/2026 | từ tháng 6 đến tháng 9/2026
"""
BY_JUNE_EN = """
June 2026 | June 30, 2026 | 30 June 2026 | by the end of June 2026 | before July 2026 | before 1 July 2026
by 30 June 2026 | Q2 2026 | second quarter of 2026 | the second quarter of 2026 | first half of 2026
H1 2026 | mid-June 2026 | early June 2026 | late June 2026 | spring 2026 | May 2026 | by June 15, 2026
no later than June 30, 2026 | 06/30/2026 | 2026-06-30 | end of Q2 2026 | not later than 30 June 2026
the last week of June 2026 | December 2025 | end of 2025 | Q1 2026 | 30 Jun 2026 | June 30 2026
at the end of May 2026 | within the first half of 2026
"""
AFTER_JUNE_EN = """
July 2026 | July 15, 2026 | 15 July 2026 | by the end of July 2026 | Q3 2026 | third quarter of 2026
second half of 2026 | H2 2026 | Fall 2026 | autumn 2026 | mid-August 2026 | late July 2026 | end of 2026
the end of 2026 | early 2027 | by December 31, 2026 | FY 2027 | summer 2027 | the last week of July 2026
school year 2026-2027 | Christmas 2026 | by mid-2027 | in late 2026 | first quarter of 2027
"""
WAYS: list[Way] = [
    (
        "cells_vi",
        _cell,
        _ways("6/2026 | 30/6/2026 | Quý II/2026 | tháng 6 năm 2026"),
        _ways(BY_JUNE_VI),
        _ways(AFTER_JUNE_VI),
    ),
    ("cells_en", _cell, _ways("June 30, 2026 | June 2026 | Q2 2026"), _ways(BY_JUNE_EN), _ways(AFTER_JUNE_EN)),
    (
        "days_vi",
        _later,
        _ways("Sửa đèn xong 6/2026 | Sửa xong đèn trong quý II/2026"),
        _ways(BY_JUNE_VI, "Sửa xong đèn {}."),
        _ways(AFTER_JUNE_VI, "Sửa xong đèn {}."),
    ),
    (
        "days_en",
        _later,
        _ways("Repair lamps by June 30, 2026 | Repair lamps by June 2026"),
        _ways(BY_JUNE_EN, "The lamps are repaired {}."),
        _ways(AFTER_JUNE_EN, "The lamps are repaired {}."),
    ),
    (
        "terms_vi",
        _later,
        _ways("""
Trả lời trong thời hạn 10 ngày làm việc kể từ ngày nhận hồ sơ
Trong vòng 10 ngày làm việc, kể từ ngày nhận đủ hồ sơ, phải trả lời
Chậm nhất 10 ngày làm việc sau khi nhận hồ sơ phải trả lời | Thời hạn trả lời: 10 ngày làm việc
"""),
        _ways("""
Trả lời trong 10 ngày làm việc | Trả lời trong mười ngày làm việc kể từ khi nhận hồ sơ
Sau khi nhận hồ sơ 7 ngày làm việc thì trả lời | Trả lời chậm nhất sau 2 tuần
Nhận hồ sơ xong, trả lời trong 5 ngày | Trả lời không quá 08 ngày làm việc từ ngày nhận
Trả lời tối đa 10 ngày làm việc | Hạn trả lời là 9 ngày làm việc kể từ lúc nhận
Trong 01 tuần làm việc sẽ trả lời | Trả lời trong 48 giờ kể từ khi nhận | Trả lời trong ngày
Trả lời ngay khi nhận hồ sơ | Thời gian trả lời: không quá 10 ngày làm việc
10 ngày làm việc là hạn trả lời, tính từ ngày nhận | trả lời trong vòng một tuần kể từ ngày nhận
"""),
        _ways("""
Trả lời trong 15 ngày làm việc | Trả lời trong 20 ngày kể từ ngày nhận hồ sơ | Trả lời trong vòng một tháng
Trả lời chậm nhất sau 3 tuần | Sau 30 ngày kể từ khi nhận thì trả lời | Trả lời không quá 12 ngày làm việc
Trả lời tối đa 15 ngày làm việc | Hạn trả lời là 20 ngày làm việc kể từ lúc nhận
Trả lời trong hai mươi ngày làm việc | Thời hạn trả lời: 15 ngày làm việc | Trả lời trong thời hạn 01 quý
Trả lời sau nửa năm | 30 ngày là hạn trả lời, tính từ ngày nhận
Muộn nhất 25 ngày sau ngày nhận phải trả lời | Nhận hồ sơ xong, trong 1 tháng trả lời
"""),
    ),
    (
        "terms_en",
        _later,
        _ways("""
Reply within 10 working days of receipt | A reply is sent not later than 10 working days after receipt
Replies shall be given within ten business days from the date of receipt
No later than 10 working days following receipt, reply
"""),
        _ways("""
Reply within two weeks | A reply goes out in 10 working days | Reply within 7 days of receipt
Reply inside five working days | Reply in under a week | Replies take at most 8 working days
Reply by the next working day | Reply at once | Reply within 24 hours of receipt
Reply no later than a week after receipt | Reply no more than 10 business days after receipt
Within a fortnight of receipt we reply | Ten working days from receipt is the limit for replies
We reply within one week
"""),
        _ways("""
Reply within 15 working days | Reply within one month of receipt | Reply within 30 days
Replies are sent three weeks after receipt | Reply no later than 20 days after receipt
Replies take up to 30 days | Reply in a month's time | Replies are due 60 days from receipt
Reply within twenty business days | Within a quarter of receipt we reply
Reply at the latest one month after receipt | Reply within six weeks
A reply follows no more than 21 days after receipt
"""),
    ),
    (
        "half_years_vi",
        _later,
        _ways("""
Rà soát định kỳ 6 tháng một lần | Định kỳ 06 tháng rà soát | Rà soát 6 tháng/lần
Mỗi sáu tháng rà soát một lần | Rà soát hai lần một năm | Rà soát 02 lần/năm | Nửa năm rà soát một lần
"""),
        _ways("""
Rà soát hằng quý | Rà soát 3 tháng một lần | Mỗi năm rà soát hai lần | Rà soát sáu tháng một lần
Rà soát hằng tháng | Rà soát nửa năm một lần | Rà soát 2 lần/năm | Rà soát mỗi năm 2 đợt
Rà soát tuần một lần | Rà soát 4 lần mỗi năm | Cứ nửa năm rà soát một lần | Quý nào cũng rà soát
"""),
        _ways("""
Rà soát hằng năm | Rà soát mỗi năm một lần | Rà soát 01 năm/lần | Rà soát năm một lần
Rà soát hai năm một lần | Cứ 12 tháng rà soát một lần | Rà soát thường niên | Rà soát 9 tháng một lần
Cuối mỗi năm rà soát | Rà soát 1 lần/năm | Rà soát một năm một đợt | Năm nào cũng rà soát một lần
Định kỳ hàng năm rà soát
"""),
    ),
    (
        "half_years_en",
        _later,
        _ways("""
Review every six months | Review twice a year | Review semi-annually | A half-yearly review takes place
Review at least every 6 months | Review two times per year
"""),
        _ways("""
Review quarterly | Review every three months | Review twice yearly | Review monthly | Review each quarter
Review every 26 weeks | Review four times a year | Review once every half-year | Review every half year
Review at six-month intervals | Weekly review
"""),
        _ways("""
Review annually | Review once a year | Review every year | An annual review takes place | Review yearly
Review every 12 months | Review every nine months | Review every other year | Review biennially
Review once every two years | Review on a yearly basis | Review each December
"""),
    ),
    (
        "shares_vi",
        _weaker,
        _ways("""
Tối thiểu 80% số hộ dân có nước sạch | Ít nhất 80% hộ dân có nước sạch
Tỷ lệ hộ dân có nước sạch đạt từ 80% trở lên | Tỷ lệ hộ dân có nước sạch (%): ≥ 80
Trên 80% hộ dân có nước sạch | 80% hộ dân có nước sạch
"""),
        _ways("""
80% hộ dân có nước sạch | Tám mươi phần trăm hộ dân có nước sạch | 4/5 số hộ dân có nước sạch
Bốn phần năm số hộ dân có nước sạch | Cứ 10 hộ dân thì 8 hộ có nước sạch | Cứ 5 hộ thì có 4 hộ có nước sạch
8 trên 10 hộ dân có nước sạch | 85% hộ dân có nước sạch | Hộ dân có nước sạch đạt 80 - 85%
Từ 80% đến 90% hộ dân có nước sạch | Không dưới 80% hộ dân có nước sạch | Toàn bộ hộ dân có nước sạch
100% hộ có nước sạch | Chín phần mười hộ dân có nước sạch | Hộ dân có nước sạch: trên 82,5%
Cứ mười hộ dân có ít nhất tám hộ dùng nước sạch | Đạt 80 phần trăm hộ dân có nước sạch
Không quá 20% hộ dân chưa có nước sạch
"""),
        _ways("""
75% hộ dân có nước sạch | Ba phần tư số hộ dân có nước sạch | 3/4 số hộ dân có nước sạch
Cứ 10 hộ dân thì 7 hộ có nước sạch | 7 trên 10 hộ dân có nước sạch | Hộ dân có nước sạch đạt 70 - 85%
Tối đa 80% hộ dân có nước sạch | Quá nửa số hộ dân có nước sạch | Hai phần ba số hộ dân có nước sạch
Bảy mươi lăm phần trăm hộ dân có nước sạch | Hộ dân có nước sạch đạt tối đa bằng 80%
Hộ dân có nước sạch ở mức không quá 80% | Một nửa hộ dân có nước sạch | Chừng 70% hộ dân có nước sạch
Cứ năm hộ dân thì ba hộ có nước sạch | 79,5% hộ dân có nước sạch | Trên 70% hộ dân có nước sạch
Nước sạch đến với 3 trong 4 hộ dân
"""),
    ),
    (
        "shares_en",
        _weaker,
        _ways("""
At least 80% of households have clean water | 80 percent of households have clean water
No fewer than 80 per cent of households have clean water
Eighty percent of households or more have clean water
"""),
        _ways("""
80% of households have clean water | Four in five households have clean water
Four fifths of households have clean water | Eight out of ten households have clean water
85% of households have clean water | Nine in ten households have clean water
All households have clean water | Between 80 and 90% of households have clean water
At least 4 out of every 5 households have clean water | 80 to 85 percent of households have clean water
Every household has clean water | Over nine tenths of households have clean water
"""),
        _ways("""
75% of households have clean water | Three quarters of households have clean water
Seven in ten households have clean water | Three out of four households have clean water
At most 80% of households have clean water | Two thirds of households have clean water
Half of households have clean water | Up to 80% of households have clean water
70 to 85 percent of households have clean water | Almost 80% of households have clean water
Seven tenths of households have clean water | Seventy-five percent of households have clean water
Not more than 80% of households have clean water | Every second household, or 50%, has clean water
"""),
    ),
    (
        "durations_vi",
        _weaker,
        _ways("""
Lưu hồ sơ ít nhất 5 năm | Hồ sơ phải được lưu giữ tối thiểu 05 năm kể từ ngày ban hành
Thời gian lưu hồ sơ không dưới 5 năm | Lưu trữ hồ sơ trong thời hạn 5 năm | Hồ sơ lưu 5 năm
"""),
        _ways("""
Hồ sơ lưu 5 năm | Giữ hồ sơ sáu năm | Lưu hồ sơ 60 tháng | Cất giữ hồ sơ đủ năm năm | Lưu hồ sơ trên 5 năm
Hồ sơ được bảo quản 10 năm tại kho | Thời gian lưu hồ sơ: 7 năm | Lưu hồ sơ từ 5 năm trở lên
Hồ sơ lưu vĩnh viễn | Hồ sơ được lưu trong 5 năm, báo cáo hằng năm
"""),
        _ways("""
Hồ sơ lưu 3 năm | Giữ hồ sơ ba năm | Lưu hồ sơ 36 tháng | Cất hồ sơ đủ 48 tháng rồi hủy
Hồ sơ được bảo quản 4 năm tại kho | Thời gian lưu hồ sơ: 2 năm | Lưu hồ sơ một năm
Lưu hồ sơ từ 3 năm trở lên | Hồ sơ được lưu trong 24 tháng
"""),
    ),
]


@pytest.mark.parametrize("way", WAYS, ids=[way[0] for way in WAYS])
def test_equal_and_stricter_ways_are_let_be(way: Way) -> None:
    _name, compare, superiors, equal, _laxer = way
    assert [(above, item) for above in superiors for item in equal if compare(above, item)] == []


@pytest.mark.parametrize("way", WAYS, ids=[way[0] for way in WAYS])
def test_laxer_ways_are_told(way: Way) -> None:
    _name, compare, superiors, _equal, laxer = way
    assert [(above, item) for above in superiors for item in laxer if not compare(above, item)] == []
