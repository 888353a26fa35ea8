"""What people of the fictitious ministry wrote about plans: reasons, questions, answers, a report."""

from __future__ import annotations

RETURNED = (
    "Việc 5 ghi thời hạn 15-11-2025, Kế hoạch ghi 30-9-2025; việc 7 ghi 90%, Kế hoạch ghi 95%. Chưa có việc đưa nhật ký"
    " điện tử vào sử dụng. Đề nghị rà lại và ghi rõ sản phẩm của việc 3."
)
GENERAL = (
    "Ba việc đều chưa rõ người, rõ thời gian, rõ sản phẩm. Đề nghị ghi cụ thể, hoặc thực hiện trực tiếp Kế hoạch số"
    " 15/KH-BHĐ."
)
LEFT_OPEN = (
    ("III.2.-4.s1", "Quy chuẩn do Cục Tín hiệu xây dựng; ty chỉ góp ý khi được hỏi"),
    ("III.3.-1.s1", "Đề án do Cục Công nghệ xây dựng"),
    ("IV.1.s1", "Việc của Thanh tra Bộ"),
)
QUESTION = (
    "Kế hoạch số 15/KH-BHĐ ghi lắp đặt thiết bị cảnh báo mất điện xong trước ngày 31-12-2025, Nghị quyết số 07-NQ/ĐUBHĐ"
    " ghi trước ngày 30-9-2025. Đề nghị cho biết ty thực hiện theo thời hạn nào."
)
ANSWER = "Văn phòng Bộ đã báo cáo Ban Thường vụ Đảng ủy Bộ; sẽ có quyết định trong tháng 4."
DECISION = "Thực hiện theo thời hạn của Kế hoạch số 15/KH-BHĐ; trạm nào đủ thiết bị thì lắp đặt trước ngày 30-9-2025."
WHICH_TARGET = (
    "Kế hoạch số 15/KH-BHĐ ghi ít nhất 95% số đèn biển sáng đúng giờ, Nghị quyết số 07-NQ/ĐUBHĐ ghi ít nhất 98%."
    " Đề nghị cho biết báo cáo năm 2026 tính theo mức nào."
)
REPORT = """BÁO CÁO
Kết quả rà soát chương trình, kế hoạch theo Kế hoạch số 15/KH-BHĐ
(Văn bản hư cấu, chỉ dùng để trình diễn phần mềm)

1. Ty có 6 chương trình, kế hoạch, nhiệm vụ trọng tâm đang thực hiện; đã kết luận cả 6.
"""
