"""Pure: who wrote an answer, in words for screen, terminal and paper; plain text, never markup."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from rag.generation.answer_builder import left_out_in_words
from rag.settings import Settings
from rag.types import Answer, Citation, Statement, Voice
from ui.wording.lists import count_words
from ui.wording.sources import verbatim
from ui.wording.translation import N_

EXTRACTIVE = "extractive"
QUOTED = "Quoted from the documents; no language model wrote any of it."
WAITING = N_("The language model is writing; each sentence is checked before it is shown.")
MODELS_WORDS = "The model’s words. The source says:"
_MARKS = "Words in quotation marks are the source’s own; the others are the model’s."
_FOLLOWS = "What stands under “What follows” is the program’s."


def is_models_own(statement: Statement, cited: Iterable[Citation]) -> bool:
    """Whether the words are a language model's and not, letter for letter, the source's."""
    return statement.written and not verbatim(statement.text, cited)


def is_written(answer: Answer) -> bool:
    """Whether a language model wrote any of an answer."""
    return any(statement.written for statement in answer.statements)


def who_wrote(answer: Answer) -> str:
    """Which engine answered, how many sentences were checked and left out; "" for a refusal."""
    if not answer.answered:
        return ""
    left_out = left_out_in_words(answer)
    if is_written(answer):
        checked = count_words(answer.checked, "sentence was", "sentences were")
        author = f"Written by {answer.engine}; {checked} checked against the documents."
    else:
        author = QUOTED
        left_out = f"A language model was asked: {left_out}" if left_out else ""
    return f"{author} {left_out}".strip()


def how_to_tell(answer: Answer) -> str:
    """How a reader of plain text tells a model's words from a source's; "" where none are."""
    if not is_written(answer):
        return ""
    voices = {statement.voice for statement in answer.statements}
    return f"{_MARKS} {_FOLLOWS}" if Voice.PROGRAM in voices else _MARKS


def what_is_sent(engine: str, settings: Settings) -> str:
    """What goes to the provider of the language model and what does not; "" where there is none."""
    if engine == EXTRACTIVE:
        return ""
    where = f"the provider of {engine}"
    if settings.model_url:
        where = f"{engine} at {urlsplit(settings.model_url).netloc}"
    return (
        f"When an answer is written by the model, the question, the parts of documents that it may "
        f"be answered from and, for a follow-up, the questions and answers before it are sent to "
        f"{where}. Nothing else is sent, and nothing at all for an answer in quotes only, for a "
        "claim that is checked or for a document that is added."
    )
