"""The judgements of the reports that tests use, read off their pages by hand: facts, one report a
line.

A line holds the file, the framework, when inspectors were there, when the report appeared, and the
grades of `COLUMNS` in order: O outstanding, G good, R requires improvement to be good, r requires
improvement (the report does not say "to be good"), I inadequate; for area inspections of special
educational needs P positive, V inconsistent, F widespread or systemic failings. A dot is an area
that the report does not judge; x one of which it says that no judgement is given.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import ofsted
from ofsted import (
    ADOPTION,
    BOARD,
    CARE,
    HELP,
    LEADERS,
    LEAVERS,
    OVERALL,
)

COLUMNS = (
    OVERALL, HELP, CARE, LEAVERS, LEADERS, ADOPTION, BOARD,
)  # fmt: skip
GRADES = {
    "O": "outstanding",
    "G": "good",
    "R": "requires improvement to be good",
    "r": "requires improvement",
    "I": "inadequate",
    "P": "positive experiences and outcomes",
    "V": "inconsistent experiences and outcomes",
    "F": "widespread and/or systemic failings",
    "x": None,
}
REAL = """
ofsted/ilacs-birmingham-25-november-2016.pdf        SINGLE 2016-09-12 2016-10-06 2016-11-25 I I r r I r .
ofsted/ilacs-birmingham-17-january-2019.pdf         ILACS  2018-12-03 2018-12-14 2019-01-17 R R R R R . .
ofsted/ilacs-birmingham-18-april-2023.pdf           ILACS  2023-02-20 2023-03-03 2023-04-18 G G G G G . .
ofsted/ilacs-croydon-04-september-2017.pdf          SINGLE 2017-06-20 2017-07-13 2017-09-04 I I I r I r I
ofsted/ilacs-croydon-16-march-2020.pdf              ILACS  2020-02-03 2020-02-14 2020-03-16 G G R R G . .
ofsted/ilacs-croydon-03-december-2024.pdf           ILACS  2024-10-14 2024-10-25 2024-12-03 G R G G G . .
ofsted/ilacs-doncaster-19-january-2018.pdf          SINGLE 2017-11-09 2017-11-24 2018-01-19 G G G G G G .
ofsted/ilacs-doncaster-08-april-2022.pdf            ILACS  2022-02-14 2022-02-25 2022-04-08 R R R R I . .
ofsted/ilacs-doncaster-18-march-2025.pdf            ILACS  2025-01-20 2025-01-31 2025-03-18 G G G R G . .
ofsted/ilacs-knowsley-13-june-2017.pdf              SINGLE 2017-03-13 2017-03-24 2017-06-13 R r r G G G .
ofsted/ilacs-knowsley-03-december-2021.pdf          ILACS  2021-10-11 2021-10-22 2021-12-03 R R R R R . .
ofsted/ilacs-knowsley-20-january-2025.pdf           ILACS  2024-11-18 2024-11-29 2025-01-20 I I R I I . .
ofsted/ilacs-northumberland-14-april-2016.pdf       SINGLE 2016-01-25 2016-02-18 2016-04-14 R r r r r G G
ofsted/ilacs-northumberland-02-march-2020.pdf       ILACS  2020-01-20 2020-01-31 2020-03-02 G G G G G . .
ofsted/ilacs-northumberland-12-july-2024.pdf        ILACS  2024-05-20 2024-05-24 2024-07-12 O O G G O . .
ofsted/ilacs-stockton-on-tees-05-august-2016.pdf    SINGLE 2016-05-23 2016-06-16 2016-08-05 G G r O G r r
ofsted/ilacs-stockton-on-tees-01-july-2019.pdf      ILACS  2019-05-20 2019-05-24 2019-07-01 R R R R R . .
ofsted/ilacs-stockton-on-tees-09-may-2023.pdf       ILACS  2023-03-06 2023-03-17 2023-05-09 R R R R R . .
ofsted/ilacs-thurrock-24-may-2016.pdf               SINGLE 2016-02-22 2016-03-17 2016-05-24 R r r r r r G
ofsted/ilacs-thurrock-20-december-2019.pdf          ILACS  2019-11-11 2019-11-22 2019-12-20 G G G G G . .
ofsted/ilacs-thurrock-29-october-2024.pdf           ILACS  2024-09-16 2024-09-20 2024-10-29 O O O O O . .
ofsted/ilacs-tower-hamlets-07-april-2017.pdf        SINGLE 2017-01-23 2017-02-16 2017-04-07 I I r r I r I
ofsted/ilacs-tower-hamlets-22-july-2019.pdf         ILACS  2019-06-10 2019-06-21 2019-07-22 G G G G G . .
ofsted/ilacs-tower-hamlets-13-january-2025.pdf      ILACS  2024-11-11 2024-11-15 2025-01-13 O G G O O . .
ofsted/ilacs-wirral-20-september-2016.pdf           SINGLE 2016-07-04 2016-07-28 2016-09-20 I I r I I r I
ofsted/ilacs-wirral-29-july-2019.pdf                ILACS  2019-06-17 2019-06-28 2019-07-29 R R R R G . .
ofsted/ilacs-wirral-02-february-2024.pdf            ILACS  2023-09-18 2023-09-29 2024-02-02 R R R R R . .
ofsted/ilacs-worcestershire-24-january-2017.pdf     SINGLE 2016-10-24 2016-11-17 2017-01-24 I I I I I r r
ofsted/ilacs-worcestershire-29-july-2019.pdf        ILACS  2019-06-17 2019-06-28 2019-07-29 R R R R R . .
ofsted/ilacs-worcestershire-14-july-2023.pdf        ILACS  2023-05-15 2023-05-26 2023-07-14 G G R G G . .
ofsted/send-bedford-04-february-2025.pdf            SEND   2024-11-18 2024-11-22 2025-02-04 P . . . . . .
ofsted/send-bolton-30-august-2024.pdf               SEND   2024-06-17 2024-06-21 2024-08-30 P . . . . . .
ofsted/send-darlington-04-february-2025.pdf         SEND   2024-11-25 2024-11-29 2025-02-04 V . . . . . .
ofsted/send-derbyshire-14-november-2024.pdf         SEND   2024-09-23 2024-09-27 2024-11-14 F . . . . . .
ofsted/send-durham-03-september-2024.pdf            SEND   2024-06-24 2024-06-28 2024-09-03 V . . . . . .
ofsted/send-lewisham-20-november-2024.pdf           SEND   2024-09-23 2024-09-27 2024-11-20 V . . . . . .
"""  # noqa: E501
DEMONSTRATION = """
reports/wrenmoor-single-inspection-2017.pdf         SINGLE 2016-11-07 2016-12-01 2017-02-03 I I r r I G r
reports/wrenmoor-childrens-services-march-2020.pdf  ILACS  2020-01-13 2020-01-24 2020-03-11 R R G G R . .
reports/wrenmoor-05-november-2024.pdf               ILACS  2024-09-09 2024-09-20 2024-11-05 G G R O G . .
reports/ocls-wrenmoor-june-2026.pdf                 UNGRADED 2026-04-20 2026-05-01 2026-06-12 x G G G R . .
reports/marlhaven-area-send-2025.pdf                SEND   2025-03-03 2025-03-07 2025-05-23 V . . . . . .
"""  # noqa: E501


@dataclass(frozen=True, slots=True)
class Expected:
    """What a report's pages say, as a person read them."""

    document: str
    framework: str
    inspected_from: date
    inspected_to: date
    published: date
    grades: dict[str, str | None]


def table(text: str) -> tuple[Expected, ...]:
    """The lines of a table."""
    return tuple(_row(line.split()) for line in text.strip().splitlines())


def _row(cells: list[str]) -> Expected:
    document, framework, *days = cells[:5]
    first, last, published = map(date.fromisoformat, days)
    grades = {
        area: GRADES[cell] for area, cell in zip(COLUMNS, cells[5:], strict=True) if cell != "."
    }
    return Expected(document, getattr(ofsted, framework), first, last, published, grades)
