"""Recognition with PP-OCR on the processor: rapidocr and onnxruntime, the extra ``[ocr]``.

The models are those inside rapidocr's wheel, and nothing is asked of a network. Each process works
on one core: several pages at once are several processes.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

from indexer.page_words import Box
from indexer.recognition import FoundCharacter, FoundLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PIL.Image import Image

_LEAST_CONFIDENCE: Final = 0.3
"""Of a line that is kept; what is below it is rather a stain than writing."""

_PARAMETERS: Final = {
    "Global.log_level": "critical",
    # It turns lines that stand upright, and loses some.
    "Global.use_cls": False,
    "Global.text_score": _LEAST_CONFIDENCE,
    "Global.return_word_box": True,
    "Global.return_single_char_box": True,
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}

Corners = list[list[float]]


def is_installed() -> bool:
    """Whether the extra is there."""
    return all(find_spec(each) is not None for each in ("rapidocr", "onnxruntime", "cv2"))


class RapidRecognizer:
    """A :class:`~indexer.recognition.Recognizer`; loading it takes a second or two."""

    name: Final = "ocr/1"

    def __init__(self) -> None:
        # Not there without the extra, and large where it is.
        import cv2  # noqa: PLC0415
        import numpy as np  # noqa: PLC0415
        from rapidocr import RapidOCR  # noqa: PLC0415

        cv2.setNumThreads(1)
        self._pixels = np.asarray
        self._read = RapidOCR(params=_PARAMETERS)

    def lines(self, image: Image) -> Sequence[FoundLine]:
        """The lines on a picture; see the port."""
        # Blue before red, as its models were taught.
        found: Any = self._read(self._pixels(image.convert("RGB"))[:, :, ::-1])
        if found.txts is None:
            return ()
        size = image.size
        lines = zip(found.txts, found.boxes.tolist(), found.word_results, strict=True)
        return [
            FoundLine(
                text=text,
                characters=tuple(_characters(words, size)),
                box=_box(corners, size),
            )
            for text, corners, words in lines
        ]


def _characters(
    words: Iterable[tuple[str, float, Corners]], size: tuple[int, int]
) -> Iterable[FoundCharacter]:
    for text, confidence, corners in words:
        if text.strip():
            yield FoundCharacter(text=text, box=_box(corners, size), confidence=float(confidence))


def _box(corners: Corners, size: tuple[int, int]) -> Box:
    """The upright rectangle around four corners, in fractions of the page."""
    across = [_within(x / size[0]) for x, _ in corners]
    down = [_within(y / size[1]) for _, y in corners]
    return Box(left=min(across), top=min(down), right=max(across), bottom=max(down))


def _within(place: float) -> float:
    return min(max(float(place), 0.0), 1.0)
