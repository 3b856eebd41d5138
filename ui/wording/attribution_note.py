"""Pure: who wrote an answer, in words for screen, terminal and paper; plain text, never markup."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from rag.generation.answer_builder import left_out_in_words
from rag.settings import ModelMode, Settings
from rag.types import Answer, Citation, Statement, Voice
from ui.wording.lists import count_words
from ui.wording.sources import verbatim
from ui.wording.translation import N_, tr

EXTRACTIVE = "extractive"
QUOTED = N_("Quoted from the documents; no language model wrote any of it.")
POINTED = N_("Quoted from the documents; {} helped to choose the sentences and wrote none of them.")
WAITING = N_("The language model is at work; only what the documents bear out is shown.")
MODELS_WORDS = N_("The model’s words. The source says:")
_MARKS = N_("Words in quotation marks are the source’s own; the others are the model’s.")
_FOLLOWS = N_("What stands under “What follows” is the program’s.")


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
        author = tr("Written by {}; {} checked against the documents.").format(
            answer.engine, checked
        )
    else:
        author = tr(POINTED).format(answer.pointed_by) if answer.pointed_by else tr(QUOTED)
        left_out = tr("A language model was asked: {}").format(left_out) if left_out else ""
    return f"{author} {left_out}".strip()


def how_to_tell(answer: Answer) -> str:
    """How a reader of plain text tells a model's words from a source's; "" where none are."""
    if not is_written(answer):
        return ""
    voices = {statement.voice for statement in answer.statements}
    return f"{tr(_MARKS)} {tr(_FOLLOWS)}" if Voice.PROGRAM in voices else tr(_MARKS)


def what_is_sent(engine: str, settings: Settings) -> str:
    """What goes to the provider of the language model and what does not; "" where there is none."""
    if engine == EXTRACTIVE:
        return ""
    where = tr("the provider of {}").format(engine)
    if settings.model_url:
        where = tr("{} at {}").format(engine, urlsplit(settings.model_url).netloc)
    if settings.model_mode is ModelMode.POINT:
        return tr(
            "When an answer is chosen with the model, the question and the sentences that "
            "may answer it, with their sources, are sent to {}. Nothing else is sent, and "
            "nothing at all for an answer in quotes only, for a claim that is checked or "
            "for a document that is added."
        ).format(where)
    return tr(
        "When an answer is written by the model, the question, the parts of documents "
        "that it may be answered from and, for a follow-up, the questions and answers "
        "before it are sent to {}. Nothing else is sent, and nothing at all for an "
        "answer in quotes only, for a claim that is checked or for a document that is "
        "added."
    ).format(where)
