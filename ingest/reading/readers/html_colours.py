"""Pure: the colours that CSS names in figures and in the commonest words."""

from __future__ import annotations

import colorsys
import re
from dataclasses import dataclass

_HEX = re.compile(r"#([0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})(?![0-9a-f])")
_FUNCTION = re.compile(r"(rgb|hsl)a?\(([^)]*)\)")
_NUMBER = re.compile(r"-?\d*\.?\d+%?")
_NAMED = {
    "white": (255, 255, 255), "snow": (255, 250, 250), "ivory": (255, 255, 240),
    "ghostwhite": (248, 248, 255), "floralwhite": (255, 250, 240), "whitesmoke": (245, 245, 245),
    "mintcream": (245, 255, 250), "azure": (240, 255, 255), "aliceblue": (240, 248, 255),
    "seashell": (255, 245, 238), "black": (0, 0, 0), "red": (255, 0, 0), "navy": (0, 0, 128),
    "blue": (0, 0, 255), "green": (0, 128, 0), "yellow": (255, 255, 0), "gray": (128, 128, 128),
    "grey": (128, 128, 128), "silver": (192, 192, 192),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Colour:
    """Red, green and blue from 0 to 255, and how much of it covers what is behind, 0 to 1."""

    red: int
    green: int
    blue: int
    alpha: float = 1.0

    @property
    def channels(self) -> tuple[int, int, int]:
        """Red, green and blue."""
        return self.red, self.green, self.blue


def colour(value: str) -> Colour | None:
    """The colour that a CSS value in lower case names, None when it names none that is known."""
    if not value or "url(" in value or "gradient(" in value:
        return None
    if match := _HEX.search(value):
        return _of_hex(match[1])
    if match := _FUNCTION.search(value):
        return _of_function(match[1], _NUMBER.findall(match[2]))
    if re.search(r"\btransparent\b", value):
        return Colour(0, 0, 0, 0.0)
    word = next((word for word in value.split() if word in _NAMED), None)
    return Colour(*_NAMED[word]) if word else None


def _of_hex(digits: str) -> Colour:
    if len(digits) < 6:
        digits = "".join(digit * 2 for digit in digits)
    red, green, blue, *alpha = (int(digits[at : at + 2], 16) for at in range(0, len(digits), 2))
    return Colour(red, green, blue, alpha[0] / 255 if alpha else 1.0)


def _of_function(kind: str, parts: list[str]) -> Colour | None:
    if len(parts) < 3:
        return None
    alpha = _part(parts[3], 1) if len(parts) > 3 else 1.0
    if kind == "rgb":
        red, green, blue = (round(_part(part, 255)) for part in parts[:3])
        return Colour(red, green, blue, alpha)
    hue, saturation, lightness = float(parts[0].rstrip("%")) / 360, *parts[1:3]
    made = colorsys.hls_to_rgb(hue, _part(lightness, 1), _part(saturation, 1))
    red, green, blue = (round(each * 255) for each in made)
    return Colour(red, green, blue, alpha)


def _part(number: str, whole: float) -> float:
    """A part of a colour: a percentage of the whole, or as it stands."""
    value = float(number.rstrip("%"))
    return value / 100 * whole if number.endswith("%") else value
