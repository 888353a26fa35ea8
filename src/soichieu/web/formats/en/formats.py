"""How days and numbers are written; 30-6-2025 as in the office, no leading zeros."""

DATE_FORMAT = SHORT_DATE_FORMAT = "j-n-Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = SHORT_DATETIME_FORMAT = "H:i, j-n-Y"
MONTH_DAY_FORMAT = "j-n"
YEAR_MONTH_FORMAT = "n-Y"
FIRST_DAY_OF_WEEK = 1
DATE_INPUT_FORMATS = ["%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d"]
DATETIME_INPUT_FORMATS = ["%H:%M, %d-%m-%Y", "%H:%M %d-%m-%Y", "%d-%m-%Y %H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"]
NUMBER_GROUPING = 3
DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
