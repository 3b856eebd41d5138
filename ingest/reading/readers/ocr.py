"""OCR adapter, the only importer of rapidocr and OpenCV: the picture of a page -> lines of text.

The models come with rapidocr; nothing is fetched. They are loaded once a process.
"""

from __future__ import annotations

import importlib.util
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from statistics import median
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from ingest.reading.readers.reading_order import PlacedText, lines_in_order
from ingest.types import ExtractedLine

Greys: TypeAlias = NDArray[np.uint8]
"""A picture, rows of grey from the top: 0 is black, 255 white."""
Corners: TypeAlias = NDArray[np.float32]
"""Four corners of a box, (across, down) in pixels, clockwise from the head of its first letter."""

DETECTED_SIDE = 1280
"""Pixels of the longer side of the picture in which lines are looked for: print of 8 points on a
page of A4 is found in it, at a fifth of the time that the whole picture takes."""
DOUBTFUL = 0.9
"""How sure of each of its characters (0 to 1) the model must be of a figure."""
_LEAST_SURE = 0.5
"""A line of which the model is less sure, on average of its characters, is a stain or a drawing."""
_SMALLEST = 5
"""Pixels that a line is high and wide at least."""
_LONGEST = 60
"""How many times as long as it is high a line may be: what is longer is a rule."""
_MOST_BOXES = 600
"""No page of print has more lines and cells."""
_PAPER_MARGIN = 12
"""How far apart, of 255, the lightest and darkest grey must be: less is a blank page."""
_VOTES = 16


def is_installed() -> bool:
    """Whether scans can be read here; without the extra, they cannot."""
    return importlib.util.find_spec("rapidocr") is not None


def read_picture(picture: Greys, points: float) -> tuple[ExtractedLine, ...]:
    """The lines of a page in reading order, whichever way up it lies; none on a blank page.

    `points` is the size of a pixel: places and sizes are in points from the bottom-left corner of
    the page as it is read.
    """
    if picture.size == 0 or int(picture.max()) - int(picture.min()) < _PAPER_MARGIN:
        return ()
    picture, boxes = _upright(picture)
    if not boxes:
        return ()
    read = _recognized(picture, boxes)
    placed = _placed(read, picture.shape, points)
    return lines_in_order(placed)


@dataclass(frozen=True, slots=True)
class _Reading:
    box: Corners
    text: str
    doubtful: tuple[str, ...]


# ---------------------------------------------------------------- where lines stand


def _upright(picture: Greys) -> tuple[Greys, list[Corners]]:
    """The picture turned so that its lines run from left to right, and where they stand."""
    boxes = _detected(picture)
    upward = sum(_height(box) for box in boxes if _height(box) > 2 * _width(box))
    across = sum(_width(box) for box in boxes if _width(box) > 2 * _height(box))
    if upward > across:
        picture = np.ascontiguousarray(np.rot90(picture))
        boxes = _detected(picture)
    if _is_upside_down(picture, boxes):
        picture = np.ascontiguousarray(np.rot90(picture, 2))
        boxes = _detected(picture)
    return picture, boxes


def _detected(picture: Greys) -> list[Corners]:
    import cv2
    from rapidocr.main import RapidOCRError

    height, width = picture.shape
    scale = min(1.0, DETECTED_SIDE / max(height, width))
    size = max(round(width * scale), 32), max(round(height * scale), 32)
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    try:
        _, found = _engine().detect_and_crop(_coloured(small), {})
    except RapidOCRError:  # there are no lines
        return []
    back = np.array([width / size[0], height / size[1]], dtype=np.float32)
    boxes = [np.asarray(box, dtype=np.float32) * back for box in found.boxes]
    return [box for box in boxes if _is_line(box)][:_MOST_BOXES]


def _is_line(box: Corners) -> bool:
    short, long = sorted((_width(box), _height(box)))
    return short >= _SMALLEST and long <= _LONGEST * short


def _is_upside_down(picture: Greys, boxes: Sequence[Corners]) -> bool:
    """Whether most of the longest lines stand on their heads."""
    longest = sorted(boxes, key=_width, reverse=True)[:_VOTES]
    if not longest:
        return False
    _, told = _engine().cls_and_rotate([_cut_out(picture, box) for box in longest])
    turned = sum(score for label, score in told.cls_res if label == "180")
    upright = sum(score for label, score in told.cls_res if label != "180")
    return bool(turned > upright)


def _width(box: Corners) -> float:
    return float(np.linalg.norm(box[1] - box[0]))


def _height(box: Corners) -> float:
    return float(np.linalg.norm(box[3] - box[0]))


# ---------------------------------------------------------------- what they say


def _recognized(picture: Greys, boxes: Sequence[Corners]) -> list[_Reading]:
    result = _engine().recognize_txt([_cut_out(picture, box) for box in boxes])
    read = []
    for box, text, score, words in zip(
        boxes, result.txts, result.scores, result.word_results, strict=True
    ):
        if text.strip() and score >= _LEAST_SURE:
            read.append(_Reading(box, text, doubtful_figures(text, words.confs)))
    return read


def doubtful_figures(text: str, sureness: Sequence[float]) -> tuple[str, ...]:
    """The words with a digit in them of which some character is not surely read.

    `sureness` is that of each character of `text`, 0 to 1.
    """
    doubtful = []
    at = 0
    for word in text.split():
        at = text.index(word, at)
        unsure = any(sure < DOUBTFUL for sure in sureness[at : at + len(word)])
        if unsure and any(char.isdigit() for char in word):
            doubtful.append(word)
        at += len(word)
    return tuple(doubtful)


def _cut_out(picture: Greys, box: Corners) -> NDArray[np.uint8]:
    """One line of the picture, made level."""
    import cv2

    width, height = max(round(_width(box)), 1), max(round(_height(box)), 1)
    level = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    line = cv2.warpPerspective(
        picture,
        cv2.getPerspectiveTransform(box, level),
        (width, height),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return _coloured(line)


def _coloured(greys: NDArray[Any]) -> NDArray[np.uint8]:
    """Greys as the models want them: three channels alike."""
    return np.repeat(np.asarray(greys, dtype=np.uint8)[:, :, np.newaxis], 3, axis=2)


@cache
def _engine() -> Any:
    import cv2
    from rapidocr import RapidOCR

    # One thread a process: as many processes read as there are cores to spare.
    cv2.setNumThreads(1)
    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.return_word_box": True,
            "Global.use_vertical_padding": False,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            # Lines of one length at a time: a batch is as long as its longest, and takes memory.
            "Rec.rec_batch_num": 1,
        }
    )


# ---------------------------------------------------------------- places on the page


def _placed(
    read: Sequence[_Reading], shape: tuple[int, ...], points: float
) -> tuple[PlacedText, ...]:
    """The lines as they would stand on a page that lies straight, in points."""
    angle = median(
        [_slope(one.box) for one in read if _width(one.box) > 5 * _height(one.box)] or [0]
    )
    height, width = shape[:2]
    middle = np.array([width / 2, height / 2])
    cos, sin = math.cos(-angle), math.sin(-angle)
    turn = np.array([[cos, sin], [-sin, cos]])
    placed = []
    for one in read:
        straight = (np.asarray(one.box, dtype=np.float64) - middle) @ turn + middle
        left, right = straight[[0, 3], 0].mean(), straight[[1, 2], 0].mean()
        top, bottom = straight[[0, 1], 1].mean(), straight[[2, 3], 1].mean()
        placed.append(
            PlacedText(
                text=one.text.strip(),
                left=float(left) * points,
                right=float(right) * points,
                top=(height - float(top)) * points,
                bottom=(height - float(bottom)) * points,
                doubtful=one.doubtful,
            )
        )
    return tuple(placed)


def _slope(box: Corners) -> float:
    across, down = box[1] - box[0]
    return math.atan2(float(down), float(across))
