"""Draw the rooms of the program from its imports: `docs/rooms.svg`.

    python scripts/draw_rooms.py [OUT.svg]

A box is a folder, or a module that stands alone, with the first line of its docstring; it stands
above everything that it imports. An arrow is an import that no longer way already shows.
"""

from __future__ import annotations

import argparse
import ast
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from textwrap import wrap

import grimp

ROOT = Path(__file__).parents[1]
PACKAGES = ("rag", "ingest", "ui")
NOUNS = frozenset({"rag.types", "rag.errors", "rag.settings", "ingest.types"})
"""Modules that nearly everything imports: an arrow to them tells nothing."""
WIDTH, BOX, HEIGHT, GAP, ACROSS = 1180, 216, 74, 46, 22
Rooms = Mapping[str, frozenset[str]]
"""For each room the rooms that it imports."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the imports and write the picture."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("out", nargs="?", type=Path, default=ROOT / "docs" / "rooms.svg")
    parser.parse_args(arguments).out.write_text(picture(imports()), encoding="utf-8")


def imports() -> Rooms:
    """The rooms, and which of the others each imports."""
    graph = grimp.build_graph(*PACKAGES, cache_dir=None)
    rooms: dict[str, set[str]] = {}
    for module in sorted(graph.modules):
        room = room_of(module)
        if room is None:
            continue
        others = {room_of(name) for name in graph.find_modules_directly_imported_by(module)}
        rooms.setdefault(room, set()).update(other for other in others if other)
    return {room: frozenset(others - {room}) for room, others in rooms.items()}


def room_of(module: str) -> str | None:
    """The room that a module stands in: its folder within its package, or the module itself."""
    parts = module.split(".")
    room = ".".join(parts[:2])
    return None if len(parts) < 2 or room in NOUNS else room


def floors(rooms: Rooms) -> list[list[str]]:
    """The rooms by height, the top first: each above everything that it imports."""
    heights: dict[str, int] = {}

    def height(room: str) -> int:
        if room not in heights:
            heights[room] = max((height(other) + 1 for other in rooms[room]), default=0)
        return heights[room]

    top = max(map(height, rooms))
    levels: list[list[str]] = [[] for _ in range(top + 1)]
    for room in sorted(rooms, key=lambda name: (PACKAGES.index(name.split(".")[0]), name)):
        levels[top - heights[room]].append(room)
    return levels


def arrows(rooms: Rooms) -> list[tuple[str, str]]:
    """The imports without those that a way through another room already shows."""
    kept = []
    for room, others in rooms.items():
        for other in sorted(others):
            if not any(reaches(rooms, between, other) for between in others - {other}):
                kept.append((room, other))
    return kept


def reaches(rooms: Rooms, start: str, end: str) -> bool:
    """Whether imports lead from one room to another."""
    return end in rooms[start] or any(reaches(rooms, other, end) for other in rooms[start])


def summary(room: str) -> str:
    """The first line of a room's docstring."""
    path = ROOT.joinpath(*room.split("."))
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    told = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    return told.split("\n")[0]


# ---------------------------------------------------------------- drawing


def picture(rooms: Rooms) -> str:
    """The rooms as an SVG image, a floor a row."""
    levels = floors(rooms)
    places: dict[str, tuple[float, float]] = {}
    for row, level in enumerate(levels):
        left = (WIDTH - len(level) * BOX - (len(level) - 1) * ACROSS) / 2
        for column, room in enumerate(level):
            places[room] = left + column * (BOX + ACROSS), 20 + row * (HEIGHT + GAP)
    height = 20 + len(levels) * (HEIGHT + GAP)
    lines = [arrow(places[one], places[other]) for one, other in arrows(rooms)]
    boxes = [box(room, *places[room]) for room in places]
    return "\n".join([opening(height), *lines, *boxes, "</svg>", ""])


def opening(height: int) -> str:
    """The head of the image: its size, its colours and what it shows in words."""
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">
<title>The rooms of Scrutiny Desk; each imports only rooms below it</title>
<style>
  rect {{ stroke: #44546a; rx: 6; }}
  .ui {{ fill: #e8eef7; }} .ingest {{ fill: #f6efe2; }} .rag {{ fill: #eaf3ec; }}
  text {{ font: 11px sans-serif; fill: #1d2733; }} .name {{ font: bold 13px sans-serif; }}
  path {{ stroke: #8592a3; fill: none; marker-end: url(#end); }}
</style>
<marker id="end" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
  <polygon points="0,1 7,4 0,7" fill="#8592a3"/></marker>
<rect width="{WIDTH}" height="{height}" style="fill:#ffffff;stroke:none"/>"""


def arrow(start: tuple[float, float], end: tuple[float, float]) -> str:
    """A line from the foot of one box to the head of another."""
    x1, y1 = start[0] + BOX / 2, start[1] + HEIGHT
    x2, y2 = end[0] + BOX / 2, end[1]
    middle = (y1 + y2) / 2
    return f'<path d="M{x1:g},{y1:g} C{x1:g},{middle:g} {x2:g},{middle:g} {x2:g},{y2:g}"/>'


def box(room: str, left: float, top: float) -> str:
    """A room: its name, and in small print what it is."""
    package, name = room.split(".")
    lines = wrap(summary(room), 37)[:4]
    words = "".join(
        f'<text x="{left + 8:g}" y="{top + 30 + 12 * n:g}">{escape(line)}</text>'
        for n, line in enumerate(lines)
    )
    return (
        f'<rect class="{package}" x="{left:g}" y="{top:g}" width="{BOX}" height="{HEIGHT}"/>'
        f'<text class="name" x="{left + 8:g}" y="{top + 16:g}">{package}/{name}</text>{words}'
    )


if __name__ == "__main__":
    main()
