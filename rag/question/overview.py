"""Questions of what is said in sum: whether one is asked, of what, and whether good news or bad."""

from __future__ import annotations

from rag.question.intent import AnswerType, Intent
from rag.question.presuppositions import Movement
from rag.question.question import Question
from rag.question.sentiment import Sentiment

_HIGH = frozenset({"good", "outstanding"})


def asks_overview(question: Question) -> bool:
    """Whether a question asks for what is said of a whole matter: in so many words, or why it was
    judged as it was, or what stood in its way."""
    if question.wants(Intent.RECOMMENDATIONS) and question.scope.councils:
        return False
    if question.presuppositions.obstacle:
        return True
    return question.wants(Intent.OVERVIEW) or asks_why_graded(question)


def asks_why_graded(question: Question) -> bool:
    """Whether a question asks for the reasons of a grade."""
    names_grade = bool(question.grades) or question.asks_for(AnswerType.GRADE)
    return question.wants(Intent.REASONS) and names_grade


def tone_sought(question: Question) -> Sentiment | None:
    """Whether praise or fault is asked for; the reasons of a high grade praise, those of a low one
    or of a fall find fault."""
    supposed = question.presuppositions.grade
    if question.presuppositions.obstacle:
        return Sentiment.FAULT
    if question.presuppositions.praise:
        return Sentiment.PRAISE
    if supposed is None or not asks_why_graded(question):
        return question.sentiment
    if supposed.moved is Movement.UP:
        return Sentiment.PRAISE
    if supposed.moved is Movement.DOWN or question.wants(Intent.OTHER_GRADES):
        return Sentiment.FAULT
    high = bool(question.grades) and question.grades[-1] in _HIGH
    finds_fault = not high or question.sentiment is Sentiment.FAULT
    return Sentiment.FAULT if finds_fault else Sentiment.PRAISE
