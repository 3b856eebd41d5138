"""Who is who: the posts and their holders, as a source of a date names them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from rag.citation.line import line_of
from rag.citation.quote import Quote
from rag.library.corpus import Corpus
from rag.packs.types import Post
from rag.text.dates import moments
from rag.text.lexicon import any_of, cue, lists
from rag.text.people import PersonMention, people
from rag.types import Document, Passage

SORTS = (
    lists.Posts.DIRECTOR, lists.Posts.EXECUTIVE, lists.Posts.LEADER,
    lists.Posts.MEMBER, lists.Posts.ASSISTANT, lists.Posts.CHAIR,
    lists.Posts.IMPROVEMENT, lists.Posts.OUTSIDE, lists.Posts.INSPECTOR,
)  # fmt: skip
"""The sorts of post, in the order in which a reader wants them."""
_LONGEST = 10
"""Words of a post; more are no longer its name."""
_BARE = frozenset({lists.Posts.EXECUTIVE, lists.Posts.CHAIR})
_TITLES = re.compile(rf"(?:(?:{any_of(lists.Names.TITLE)}|Mr|Mrs|Ms)\.?\s+)+$")
_JOINS = re.compile(
    r"^(?:,?\s(?:HMI|OBE|CBE|QC|KC))?(?:,?\swho\s(?:is|became|was)\s|,\s|\s\(|\s(?=[A-Z]))"
)
"""What may stand between a name and the post."""
_LEADS = re.compile(r"\s(?:in|on|since|from|until|of)\s*$")
"""What leads to a date or a word that is no part of what a post is over."""
_WHOSE = r"(?:(?:the|a|an|its|our|their)\s)?(?:[\w ]{2,30}?['\u2019]s?\s)?"
_BODY = r"(?:(?-i:Ofsted|[A-Z]{2,6})\s)*"
_AREA = re.compile(r",\s[A-Z][^,.;:()|]{3,40}(?=[.;)|])")
"""What an assistant director is over, as minutes and plans write it: ", Help and Protection)"."""


@dataclass(frozen=True, slots=True)
class Held:
    """A post, of which sort, and its holder, as one sentence tells it."""

    quote: Quote
    post: str
    sort: str
    name: str
    named_first: bool
    """Whether the name stands before the post, which reads best: "Ann Lee, the director"."""

    @property
    def key(self) -> tuple[str, str]:
        """What tells one post from another, whatever it is called."""
        over = re.sub(r"^.*?\b(?:of|for)\s+(?:the\s+)?", "", _plain(self.post))
        if over == _plain(self.post) or self.sort == lists.Posts.INSPECTOR:
            over = ""
        if self.sort in (lists.Posts.DIRECTOR, lists.Posts.MEMBER) and over.startswith("child"):
            over = ""
        if self.sort == lists.Posts.LEADER and over.endswith("council"):
            over = ""
        return self.sort, over


def who_is_who(library: Corpus, documents: Iterable[Document]) -> tuple[Post, ...]:
    """The posts and their holders by name, those who run the service first; the holder whom the
    newest source names stands before the older ones of the same post."""
    rows: list[tuple[Held, Document]] = []
    for document in sorted(documents, key=_spoken, reverse=True):
        for held in library.analysed(document, _held):
            if not any(_same(held, other) for other, _ in rows):
                rows.append((held, document))
    ordered = sorted(rows, key=lambda row: _place(*row))
    made = (_post(library, held, document) for held, document in ordered)
    return tuple(post for post in made if post)


def _same(one: Held, other: Held) -> bool:
    """Whether two are one person in one post, of which one source says more than the other."""
    if one.sort != other.sort or _last(one) != _last(other):
        return False
    return one.key == other.key or not (one.key[1] and other.key[1])


def _last(held: Held) -> str:
    return held.name.split()[-1].casefold()


def _spoken(document: Document) -> date:
    return document.description.appeared_on or date.min


def _place(held: Held, document: Document) -> tuple[int, str, int]:
    return SORTS.index(held.sort), held.key[1], -_spoken(document).toordinal()


def _post(library: Corpus, held: Held, document: Document) -> Post | None:
    line = line_of(library, held.quote)
    post = held.post[0].upper() + held.post[1:]
    return Post(post, held.name, line, document.description.appeared_on) if line else None


def _plain(text: str) -> str:
    return text.casefold().replace("\u2019", "'")


# ---------------------------------------------------------------- in one sentence


def _held(passages: Sequence[Passage]) -> tuple[Held, ...]:
    """Every post that a document names with its holder, those that read best first."""
    found = (
        held
        for passage in passages
        for n in range(len(passage.sentences))
        for held in held_in(Quote(passage, n, n))
    )
    return tuple(sorted(found, key=lambda held: not held.named_first))


def held_in(quote: Quote) -> Iterator[Held]:
    """The posts that a sentence names with their holders: "Ann Lee, the director of ...",
    "Council leader Ann Lee"."""
    text = quote.text
    names = [name for name in people(text) if " " in name.name and not _is_post(name.name)]
    for n, name in enumerate(names):
        start = names[n - 1].mark.end if n else 0
        end = names[n + 1].mark.start if n + 1 < len(names) else len(text)
        after = _after(text[name.mark.end : end])
        found = after or _before(text[start : name.mark.start], between=n > 0)
        if found and not _is_of_another(text, found):
            yield Held(quote, found[1], found[0], _whole(name), bool(after))


def _whole(name: PersonMention) -> str:
    return re.sub(r"['\u2019]s?$", "", name.name)


def _is_post(name: str) -> bool:
    return any(cue(sort).search(name) for sort in SORTS)


def _is_of_another(text: str, found: tuple[str, str]) -> bool:
    """Whether a post that is told without its body may be of another than the council."""
    bare = found[0] in _BARE and not re.search(r"\b(?:of|for)\b", found[1])
    return bare and bool(cue(lists.Posts.OTHER_BODY).search(text))


def _after(text: str) -> tuple[str, str] | None:
    """The post that stands right after a name, and its sort."""
    opened = _JOINS.match(text)
    rest = text[opened.end() :] if opened else ""
    for sort in SORTS:
        match = _told_of(sort).match(rest)
        if match:
            after = rest[match.end() :]
            area = _AREA.match(after) if sort == lists.Posts.ASSISTANT else None
            return _named(sort, match["post"] + (area.group() if area else _over(after)))
    return None


def _before(text: str, *, between: bool) -> tuple[str, str] | None:
    """The post that stands right before a name, and its sort; not one that stands `between` two
    names right after the first."""
    text = _TITLES.sub("", text)
    if between and _JOINS.match(text):
        return None
    for sort in SORTS:
        for match in cue(sort).finditer(text):
            rest = text[match.end() :]
            over = _over(rest)
            if re.fullmatch(r"[:,]?\s*", rest[len(over) :]):
                return _named(sort, match.group() + over)
    return None


def _named(sort: str, post: str) -> tuple[str, str] | None:
    post = " ".join(post.split()).rstrip(" ,")
    return (sort, post) if len(post.split()) <= _LONGEST else None


@cache
def _told_of(sort: str) -> re.Pattern[str]:
    return re.compile(rf"{_WHOSE}(?P<post>{_BODY}(?:{cue(sort).pattern}))", re.IGNORECASE)


def _over(text: str) -> str:
    """What a post is over: the words after it, " of children's services", up to the end of the
    phrase."""
    if not re.match(r"\s(?:of|for)\s", text):
        return ""
    end = re.search(r"[,.;:()\u201c]", text)
    phrase = text[: end.start()] if end else text
    stops = [m.start() for m in cue(lists.Posts.ENDS).finditer(phrase) if m.group() != "and"]
    stops += [m.start() for m in re.finditer(r"\band (?=\S*chair|leader)", phrase)]
    stops += [m.mark.start for m in moments(phrase)]
    return _LEADS.sub("", phrase[: min([len(phrase), *stops])]).rstrip()
