"""The language that a visitor reads the pages in, where another than English is offered."""

from __future__ import annotations

from rag.settings import Settings
from ui.web.session.session_value import SessionValue
from ui.wording.translation import ENGLISH, LANGUAGES, speak


class Language:
    """One visitor's language."""

    chosen = SessionValue("language", ENGLISH)

    def other(self) -> str:
        """The language that the visitor could change to."""
        return next(language for language in LANGUAGES if language != self.chosen)

    def change(self) -> None:
        """Change to the other language."""
        self.chosen = self.other()

    def speak(self, settings: Settings) -> None:
        """Speak it in what is drawn from now on in this thread."""
        if not settings.welsh:
            self.chosen = ENGLISH
        self.speak_again()

    def speak_again(self) -> None:
        """Speak it where a part of the page is drawn by itself, which may be in another thread."""
        speak(self.chosen)
