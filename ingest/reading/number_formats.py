"""Figures and dates of a spreadsheet's cell as the sheet shows them, by its number format.

What a format asks for that is not known here (a condition, a fraction) is left out: the figure is
shown as it is.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

_GENERAL = "General"
_SECTION = re.compile(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\\[])*')
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[\$(?P<currency>[^\]-]*)(?:-[^\]]*)?\]'
    r"|\[(?P<bracket>[^\]]*)\]|_.(?P<gap>)|\*.(?P<fill>)|(?P<digits>[#0?][#0?,.]*|\.[#0?]+)"
    r"|(?P<exponent>E[+-]0+)|(?P<percent>%)|(?P<other>.)",
    re.IGNORECASE,
)
_DATE_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[(?P<bracket>[^\]]*)\]|_.|\*.'
    r"|(?P<half>AM/PM|A/P)|(?P<part>y+|m+|d+|h+|s+)(?P<after>)|(?P<other>.)",
    re.IGNORECASE,
)
# Formats that every machine shows in its own order: here in that of the documents' country.
_LOCAL = {"mm-dd-yy": "dd/mm/yyyy", "m/d/yy h:mm": "dd/mm/yyyy hh:mm"}
_LONG_DATE = re.compile(r"\[\$-[xf]?(?:sysdate|f800)\]", re.IGNORECASE)
_LONGEST_FORMAT = 255
_LARGEST = 1e15
"""From here on a figure has more digits than a cell keeps."""
_PARTS = {
    "yy": "%y", "yyyy": "%Y", "yyy": "%Y", "mmm": "%b", "mmmm": "%B", "mm": "%m", "ddd": "%a",
    "dddd": "%A", "dd": "%d", "ss": "%S",
}  # fmt: skip


def shown_number(value: float, code: str) -> str:
    """A figure as a cell of this number format shows it: 0.715 under "0.0%" is "71.5%"."""
    if not math.isfinite(value):
        return str(value)
    sections = _sections(code)
    section = sections[0]
    negative = value < 0
    if negative and len(sections) > 1:
        section, value, negative = sections[1], -value, False
    elif value == 0 and len(sections) > 2:
        section = sections[2]
    if section.strip() == "" and len(sections) > 1:
        return ""
    known = section not in ("", "@") and abs(value) < _LARGEST
    shown = _filled(section, Decimal(repr(abs(value)))) if known else None
    if shown is None:
        return _plain(-value if value < 0 and not negative else value)
    return f"-{shown}" if negative and re.search(r"[1-9]", shown) else shown


def shown_date(value: date | time | timedelta, code: str) -> str:
    """A date or time as a cell of this number format shows it: "4 May 2025"."""
    if isinstance(value, timedelta):
        minutes, seconds = divmod(int(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")
    if code in ("", _GENERAL, "@"):
        return value.isoformat()
    code = "d mmmm yyyy" if _LONG_DATE.search(code) else _LOCAL.get(code.lower(), code)
    tokens = [*_DATE_TOKEN.finditer(_sections(code)[0][:_LONGEST_FORMAT])]
    half_day = any(token["half"] for token in tokens)
    shown = "".join(_date_parts(value, tokens, half_day=half_day)).strip()
    return shown or value.isoformat()


def _sections(code: str) -> list[str]:
    code = code[:_LONGEST_FORMAT]
    found, at = [], 0
    while at <= len(code):
        match = _SECTION.match(code, at)
        found.append(match[0] if match else "")
        at = (match.end() if match else at) + 1
    return found or [""]


def _plain(value: float) -> str:
    """A figure as the General format shows it."""
    if isinstance(value, int) or value == int(value):
        return str(int(value)) if abs(value) < _LARGEST else f"{value:.6G}"
    return f"{value:.10g}"


def _filled(section: str, value: Decimal) -> str | None:
    """The section with the figure in it, None where it asks for what is not known here."""
    tokens = [*_TOKEN.finditer(section)]
    digits = [token["digits"] for token in tokens if token["digits"]]
    asked = any(token["exponent"] or _is_condition(token["bracket"]) for token in tokens)
    if asked or len(digits) > 1 or "/" in [token["other"] for token in tokens]:
        return None
    percents = sum(token["percent"] is not None for token in tokens)
    if any((token["other"] or "").lower() == "g" for token in tokens):
        # "General" with words round it.
        return _plain(float(value)) if not percents else None
    figure = _figure(digits[0], value.scaleb(2 * percents)) if digits else ""
    shown = ""
    for token in tokens:
        if token["digits"]:
            shown += figure
        elif token["percent"]:
            shown += "%"
        elif token["gap"] is not None:
            shown += " "
        else:
            shown += token["quoted"] or token["escaped"] or token["currency"] or _kept(token)
    return " ".join(shown.split())


def _is_condition(bracket: str | None) -> bool:
    return bracket is not None and bracket[:1] in tuple("<>=")


def _kept(token: re.Match[str]) -> str:
    return token["other"] or ""


def _figure(pattern: str, value: Decimal) -> str:
    scaled = len(pattern) - len(pattern.rstrip(","))
    pattern = pattern.rstrip(",")
    whole, _, places = pattern.partition(".")
    most = len(places.replace(",", ""))
    rounded = value.scaleb(-3 * scaled).quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP)
    grouped = "," if "," in whole else ""
    figure = f"{rounded:{grouped}.{most}f}"
    before, _, after = figure.partition(".")
    least = places.count("0")
    while len(after) > least and after.endswith("0"):
        after = after[:-1]
    before = before.zfill(whole.count("0")) if not grouped else before
    if before == "0" and "0" not in whole and after:
        before = ""
    return f"{before}.{after}" if after else before


def _date_parts(
    value: date | time, tokens: list[re.Match[str]], *, half_day: bool
) -> Iterator[str]:
    hours = False
    for at, token in enumerate(tokens):
        part = (token["part"] or "").lower()
        if token["half"]:
            yield value.strftime("%p") if not _is_day(value) else ""
        elif part:
            following = next((t["part"] for t in tokens[at + 1 :] if t["part"]), "") or ""
            minutes = part[0] == "m" and len(part) < 3 and (hours or following[:1].lower() == "s")
            yield _date_part(value, part, minutes=minutes, half_day=half_day)
            hours = part[0] == "h"
        elif token["bracket"] is None:
            yield token["quoted"] or token["escaped"] or token["other"] or ""


def _is_day(value: date | time) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _date_part(value: date | time, part: str, *, minutes: bool, half_day: bool) -> str:
    if part[0] in "hs" or minutes:
        if _is_day(value):
            return "00"
        clock = value.time() if isinstance(value, datetime) else value
        assert isinstance(clock, time)
        figure = clock.minute if minutes else clock.hour if part[0] == "h" else clock.second
        if part[0] == "h" and half_day:
            figure = figure % 12 or 12
        return f"{figure:02}" if len(part) > 1 else str(figure)
    if not isinstance(value, date):
        return ""
    if part in ("d", "m"):
        return str(value.day if part == "d" else value.month)
    return value.strftime(_PARTS.get(part, "%Y" if part[0] == "y" else "%B"))
