"""Languages of the pages: simplified Chinese first, English second."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import request, session
from flask_babel import Babel, get_locale

if TYPE_CHECKING:
    from flask import Flask

    from search_api.messages import Language

LANGUAGES: Final = {"zh_Hans": "中文", "en": "English"}
DEFAULT: Final = "zh_Hans"
_SESSION_KEY: Final = "language"


def init_languages(app: Flask) -> None:
    """Let every page speak the language its reader chose, or else the browser's."""
    app.config["BABEL_DEFAULT_LOCALE"] = DEFAULT
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Asia/Shanghai"
    Babel(app, locale_selector=_select)
    app.context_processor(
        lambda: {"languages": LANGUAGES, "language": current_tag(), "html_lang": html_lang()}
    )


def choose(tag: str) -> None:
    """Remember a language for this session; an unknown one is ignored."""
    if tag in LANGUAGES:
        session[_SESSION_KEY] = tag


def current_tag() -> str:
    """``zh_Hans`` or ``en``."""
    locale = get_locale()
    return "en" if locale is not None and locale.language == "en" else DEFAULT


def html_lang() -> str:
    """The language for ``<html lang>``."""
    return "en" if current_tag() == "en" else "zh-Hans"


def message_language() -> Language:
    """The language for texts of :mod:`search_api.messages`."""
    return "en" if current_tag() == "en" else "zh"


def _select() -> str:
    chosen = session.get(_SESSION_KEY)
    if chosen in LANGUAGES:
        return str(chosen)
    best = request.accept_languages.best_match(["zh", "zh-CN", "zh-Hans", "en"], default="zh")
    return "en" if best == "en" else DEFAULT
