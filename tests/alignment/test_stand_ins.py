"""What stands in for no product that was asked for, and what does."""

from __future__ import annotations

import pytest

from soichieu.alignment.products import missing_product

MISSING = [
    # By the tables' own columns: superior, its product, item, its product.
    ("Xây dựng đề án đèn biển", "Đề án", "Xây dựng, ban hành đề án đèn biển", "Công văn hướng dẫn"),
    (
        "Xây dựng nền tảng học trực tuyến",
        "Nền tảng học trực tuyến",
        "Xây dựng nền tảng học trực tuyến",
        "Tờ trình về chủ trương xây dựng nền tảng",
    ),
    ("Xây dựng kế hoạch bảo trì", "Kế hoạch", "Gặp mặt các trạm về bảo trì", "Thư mời"),
    ("Xây dựng hệ thống giám sát", "Hệ thống giám sát", "Giám sát các luồng", "Tài liệu tập huấn cho cán bộ"),
    (
        "Xây dựng bộ tiêu chí",
        "Quyết định ban hành Bộ tiêu chí",
        "Viết bài về bộ tiêu chí",
        "Bài viết trên trang thông tin",
    ),
    ("Lập danh mục phao", "Danh mục", "Giới thiệu với các trạm danh mục phao", "Video giới thiệu"),
    ("Xây dựng sổ tay trực đèn", "Sổ tay", "Quán triệt việc trực đèn", "Hội nghị quán triệt"),
    ("Xây dựng bản đồ luồng", "Bản đồ số", "Tham quan bản đồ luồng của bạn", "Ảnh chụp, tin bài"),
    ("Xây dựng quy chế trực ca", "Quy chế", "Họp bàn việc trực ca", "Biên bản họp, danh sách tham dự"),
    ("Báo cáo kết quả kiểm tra", "Báo cáo", "Thông tin kết quả kiểm tra trên loa", "Bài phát thanh"),
    ("Xây dựng chương trình đào tạo", "Chương trình", "Nghe giới thiệu về đào tạo", "Giấy mời"),
    (
        "Set priorities for 2020",
        "Completion of written priorities endorsed by membership",
        "Set priorities for 2020",
        "Meeting minutes",
    ),
    (
        "Demonstrate a dashboard prototype",
        "Dashboard prototype",
        "Send the Council a letter on why a dashboard would be useful",
        "Letter",
    ),
    ("Develop a maintenance plan", "Maintenance plan", "Develop a maintenance plan", "Slides"),
    ("Publish the inventory of lamps", "Inventory", "Talk about the inventory of lamps", "Attendance sheet"),
    ("Draft a data strategy", "Strategy", "Hold a seminar on the data strategy", "Seminar"),
    ("Adopt a records policy", "Policy", "Adopt a records policy", "Slide deck and agenda"),
    ("Build a portal for pilots", "Portal", "Present the idea of a portal", "Presentation"),
    # Without a column of products above.
    ("Publish the catalogue of lamps", "", "Demonstrate the catalogue to the staff", "Slides"),
    (
        "Conduct and document the outcome of the assessment",
        "",
        "Staff talk over the assessment at the monthly meeting",
        "Attendance sheet",
    ),
    ("Publish the playbook on crews", "", "Discuss crews with the principals", "Meeting notes"),
    (
        "By November 2020, complete a curated catalog of courses",
        "",
        "By November 2020, hold two webinars on courses",
        "",
    ),
    ("By December 2020 identify the list of priority lamps", "", "By December 2020, hold a staff seminar on lamps", ""),
    ("Publish a handbook for keepers", "", "Organise a workshop for keepers", ""),
    ("Develop a plan for dredging", "", "Phone the harbour offices about dredging", ""),
    (
        "Xây dựng hệ thống trực tuyến tiếp nhận kiến nghị",
        "",
        "Đặt hòm thư giấy tại bộ phận một cửa để nhận kiến nghị",
        "",
    ),
    ("Hằng năm lập báo cáo về xói lở gửi Bộ", "", "Hằng năm cử cán bộ lên làm việc với Bộ về xói lở", ""),
    ("Lập báo cáo về xói lở gửi Bộ", "", "Gọi điện cho Bộ về tình hình xói lở", ""),
    ("Ban hành quy trình thay bóng đèn", "", "Tổ chức buổi tọa đàm về thay bóng đèn", ""),
    ("Biên soạn sổ tay trực ca", "", "Treo băng rôn về trực ca tại các trạm", ""),
    ("Lập danh mục phao cũ", "", "Nói chuyện với các trạm về phao cũ", ""),
    ("Develop a database of wrecks", "", "Put up a poster on wrecks in every office", ""),
    ("Create an online system for complaints", "", "Place a suggestion box for complaints in the hall", ""),
]

THERE = [
    ("Xây dựng đề án đèn biển", "Đề án", "Xây dựng đề án đèn biển", "Quyết định phê duyệt Đề án"),
    ("Xây dựng đề án đèn biển", "Đề án", "Xây dựng đề án đèn biển", "Tờ trình kèm dự thảo Đề án"),
    ("Xây dựng đề án đèn biển", "Đề án được ban hành", "Ban hành đề án đèn biển", ""),
    ("Báo cáo kết quả kiểm tra", "Báo cáo", "Báo cáo kết quả kiểm tra", "Công văn báo cáo"),
    ("Trình Hội đồng", "Nghị quyết của HĐND", "Trình Hội đồng ban hành Nghị quyết", "Tờ trình của UBND"),
    ("Hướng dẫn các trạm", "Văn bản hướng dẫn", "Hướng dẫn các trạm", "Công văn"),
    ("Xây dựng tài liệu", "Tài liệu", "Xây dựng tài liệu", "Tài liệu tập huấn"),
    ("Lập danh sách", "Danh sách", "Lập danh sách người trực", "Danh sách đại biểu"),
    ("Tổ chức hội nghị", "Hội nghị", "Tổ chức hội nghị", "Biên bản hội nghị"),
    ("Tuyên truyền về luồng", "Bài viết, phóng sự", "Tuyên truyền về luồng", "Phóng sự"),
    ("Hoàn thành kết nối dữ liệu", "Hoàn thành kết nối", "Kết nối xong dữ liệu", "Biên bản nghiệm thu"),
    ("Xây dựng thư viện số", "Thư viện số", "Xây dựng thư viện số", "Thư viện số"),
    ("Bàn giao phần mềm", "Phần mềm", "Bàn giao phần mềm", "Biên bản bàn giao phần mềm"),
    ("Xây dựng kế hoạch", "Quyết định ban hành Kế hoạch", "Lập kế hoạch", "Kế hoạch"),
    ("Xây dựng hệ thống", "Hệ thống", "Xây dựng hệ thống và tập huấn", "Hệ thống; tài liệu tập huấn"),
    ("Develop a plan", "Plan", "Develop a plan and brief staff", "Plan and slides"),
    ("Publish the minutes", "Minutes", "Publish the minutes", "Meeting minutes"),
    ("Hold a workshop", "Workshop", "Hold a workshop", "Attendance sheet"),
    ("Write to the owners", "Letter", "Write to the owners", "E-mail to the owners"),
    ("Publish the catalogue", "", "The catalogue goes online and is shown to the staff", ""),
    ("Publish the catalogue", "", "Put the catalogue online after a workshop", ""),
    ("Publish the playbook", "", "Bring out the playbook for growing skills", ""),
    ("Document the outcome of the assessment", "", "Write up what came of the assessment", ""),
    ("Hold talks with the owners", "", "Meet the owners", ""),
    ("Identify the list of lamps", "", "Name the lamps in a list, then discuss it", ""),
    ("Lập báo cáo về xói lở gửi Bộ", "", "Gửi báo cáo về xói lở cho Bộ", ""),
    ("Lập báo cáo về xói lở gửi Bộ", "", "Có báo cáo gửi Bộ về xói lở, làm việc với Bộ khi được mời", ""),
    ("Xây dựng hệ thống tiếp nhận kiến nghị", "", "Xây dựng hệ thống nhận kiến nghị và đặt hòm thư tại trạm", ""),
    ("Ban hành quy trình thay bóng", "", "Quy trình thay bóng được Trưởng Ty ký ban hành", ""),
    ("Xây dựng kế hoạch tuyên truyền", "", "Tuyên truyền theo kế hoạch đã lập", ""),
    ("Triển khai các giải pháp chống xói lở", "", "Tổ chức hội nghị bàn các giải pháp chống xói lở", ""),
    ("Phổ biến kiến thức về luồng", "", "Tổ chức buổi nói chuyện về luồng", ""),
    ("Publish the contact details of the officer", "", "Contact details of the officer are put on the site", ""),
    ("Provide training on lamps", "", "Hold two seminars on lamps", ""),
]


@pytest.mark.parametrize(("superior", "product", "item", "item_product"), MISSING)
def test_a_stand_in_is_told(superior: str, product: str, item: str, item_product: str) -> None:
    assert missing_product(superior, product, item, item_product) is not None


@pytest.mark.parametrize(("superior", "product", "item", "item_product"), THERE)
def test_a_product_that_is_there_is_not_missed(superior: str, product: str, item: str, item_product: str) -> None:
    assert missing_product(superior, product, item, item_product) is None
