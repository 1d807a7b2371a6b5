"""Reads the text in images and on pages that are images, with RapidOCR and the models inside its package (extra `ocr`).

Seconds for each picture: nothing is read where the extra is not installed. Nothing is downloaded: without the models in
the package it counts as not installed.
"""

from __future__ import annotations

import importlib.util
import os
import threading
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from msgpolicy.facts.files.pictures import MAX_PIXELS, Picture
from msgpolicy.report import Why

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["MAX_PICTURES", "ImageText", "Line", "read_image_text"]

# Pictures of one file that are read, pixels of the shorter side below which there is no text to be read.
MAX_PICTURES = 8
MIN_SIDE = 24
# Times that a picture may be as tall as it is wide. The engine enlarges the shorter side and pads wide pictures only:
# a tall one of a few pixels across would take gigabytes.
MAX_TALL = 4
# Lines of one picture that are read on.
MAX_LINES = 500

_MODELS = {"Det.model_path": "*det*.onnx", "Cls.model_path": "*cls*.onnx", "Rec.model_path": "*rec*.onnx"}


class Line(NamedTuple):
    """A line of text as recognised: `box` is left, top, right, bottom in pixels of the picture; `confidence` to 1."""

    text: str
    box: tuple[int, int, int, int]
    confidence: float
    page: int | None = None


class ImageText(NamedTuple):
    """The lines in a file's pictures, from the top, and why there may be more (see `pictures.frames`)."""

    lines: tuple[Line, ...] = ()
    why: Why | None = None


def read_image_text(pictures: Iterable[Picture | Why]) -> ImageText:
    """The text that stands in these pictures."""
    if not _installed():
        return ImageText((), "not-installed")
    lines: list[Line] = []
    missing: Why | None = None
    read = 0
    for picture in pictures:
        if isinstance(picture, str):
            missing = missing or picture
            continue
        if min(picture.image.size) < MIN_SIDE:
            continue
        if read == MAX_PICTURES:
            return ImageText(tuple(lines), "too-large")
        read += 1
        image = _widened(picture.image)
        if image is None:
            missing = missing or "too-large"
            continue
        with _lock:
            engine = _engine()
            if engine is None:
                return ImageText((), "not-installed")
            try:
                found = engine(image)
            except Exception:  # whatever numpy, OpenCV and onnxruntime raise on odd pixels
                return ImageText(tuple(lines), "unreadable")
        recognised = zip(
            found.txts or (), found.boxes if found.boxes is not None else (), found.scores or (), strict=True
        )
        for text, corners, score in list(recognised)[:MAX_LINES]:
            across, down = ([int(corner[side]) for corner in corners] for side in (0, 1))
            box = (min(across), min(down), max(across), max(down))
            lines.append(Line(str(text), box, float(score), picture.page))
    return ImageText(tuple(lines), missing)


def _widened(image: Image) -> Image | None:
    """The picture, if it is very tall with white paper at its right; None if that would be too large."""
    width = -(-image.height // MAX_TALL)
    if image.width >= width:
        return image
    if width * image.height > MAX_PIXELS:
        return None
    from PIL.Image import new  # it is there: it made the picture

    paper = new("RGB", (width, image.height), "white")
    paper.paste(image, (0, 0))
    return paper


@cache
def _installed() -> bool:
    """Whether the packages are there; cheap. (RapidOCR installs without onnxruntime.)"""
    return all(importlib.util.find_spec(name) for name in ("rapidocr", "onnxruntime"))


_lock = threading.Lock()
_loaded: list[Any] = []


def _engine() -> Any:
    """RapidOCR with the models of its package, loaded once; None where it is not installed as a whole."""
    if not _loaded:
        _loaded.append(_load())
    return _loaded[0]


def _load() -> Any:
    try:
        import rapidocr
    except ImportError:  # numpy or OpenCV does not load here
        return None
    folder = Path(rapidocr.__file__).parent / "models"
    models = {key: next(iter(sorted(folder.glob(pattern))), None) for key, pattern in _MODELS.items()}
    if None in models.values():
        return None
    return rapidocr.RapidOCR(params={"Global.log_level": "critical", **{key: str(at) for key, at in models.items()}})


def _start_anew() -> None:
    """In a forked child: the threads of the engine stayed behind, and another one may have held the lock."""
    global _lock
    _lock = threading.Lock()
    _loaded.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_start_anew)
