"""Who is who: the posts and their holders, as a source of a date names them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import chain

from rag.citation.line import line_of
from rag.citation.quote import Quote, sentence_quotes
from rag.library.corpus import Corpus
from rag.library.reader import kept
from rag.packs.types import Post
from rag.text.dates import moments
from rag.text.lexicon import any_of, cue, lists
from rag.text.people import people
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


_OVER = re.compile(r"^.*?\b(?:of|for)\s+(?:the\s+)?")
"""What goes before what a post is over: "director of", "cabinet member for the"."""
_USUAL_REMIT: dict[str, re.Pattern[str]] = {
    lists.Posts.DIRECTOR: re.compile("child"),
    lists.Posts.MEMBER: re.compile("child"),
    lists.Posts.LEADER: re.compile(".*council$"),
    lists.Posts.INSPECTOR: re.compile(""),
}
"""What the posts of a sort that a pack names are over, so that it tells none from another."""


@dataclass(frozen=True, slots=True)
class PostMention:
    """A post, of which sort, and its holder, as one sentence tells it."""

    quote: Quote
    post: str
    sort: str
    name: str
    named_first: bool
    """Whether the name stands before the post, which reads best: "Ann Lee, the director"."""

    @property
    def remit(self) -> str:
        """What tells the post from others of its sort, whatever it is called: what it is over,
        where that is said and is not what all of its sort are over."""
        post = self.post.casefold().replace("\u2019", "'")
        leads = _OVER.match(post)
        remit = post[leads.end() :] if leads else ""
        usual = _USUAL_REMIT.get(self.sort)
        return "" if usual and usual.match(remit) else remit

    def is_same(self, other: PostMention) -> bool:
        """Whether two are one person in one post, of which one source says more than the other."""
        if self.sort != other.sort or self._surname != other._surname:
            return False
        return self.remit == other.remit or not (self.remit and other.remit)

    @property
    def _surname(self) -> str:
        return self.name.split()[-1].casefold()


def office_holders(library: Corpus, documents: Iterable[Document]) -> tuple[Post, ...]:
    """The posts and their holders by name, those who run the service first; the holder whom the
    newest source names stands before the older ones of the same post."""
    rows: list[tuple[PostMention, date]] = []
    for document in sorted(documents, key=_day, reverse=True):
        for mention in library.analysed(document, _of_document):
            if not any(mention.is_same(other) for other, _ in rows):
                rows.append((mention, _day(document)))
    posts: list[Post] = []
    for mention, day in sorted(rows, key=lambda row: _place(*row)):
        line = line_of(library, mention.quote)
        if line:
            title = mention.post[0].upper() + mention.post[1:]
            posts.append(Post(title, mention.name, line, None if day == date.min else day))
    return tuple(posts)


def _day(document: Document) -> date:
    return document.description.appeared_on or date.min


def _place(mention: PostMention, day: date) -> tuple[int, str, int]:
    return SORTS.index(mention.sort), mention.remit, -day.toordinal()


# ---------------------------------------------------------------- in one sentence


@kept
def _of_document(passages: Sequence[Passage]) -> tuple[PostMention, ...]:
    """Every post that a document names with its holder, those that read best first."""
    mentions = chain.from_iterable(map(post_mentions, sentence_quotes(passages)))
    return tuple(sorted(mentions, key=lambda mention: not mention.named_first))


def post_mentions(quote: Quote) -> Iterator[PostMention]:
    """The posts that a sentence names with their holders: "Ann Lee, the director of ...",
    "Council leader Ann Lee"."""
    text = quote.text
    names = [name for name in people(text) if " " in name.name and not _is_post(name.name)]
    for n, name in enumerate(names):
        start = names[n - 1].mark.end if n else 0
        end = names[n + 1].mark.start if n + 1 < len(names) else len(text)
        after = _post_after(text[name.mark.end : end])
        post = after or _post_before(text[start : name.mark.start], between=n > 0)
        if post and not _is_of_another_body(text, *post):
            holder = re.sub(r"['\u2019]s?$", "", name.name)
            yield PostMention(quote, post[1], post[0], holder, bool(after))


def _is_post(name: str) -> bool:
    return any(cue(sort).search(name) for sort in SORTS)


def _is_of_another_body(text: str, sort: str, post: str) -> bool:
    """Whether a post that is told without its body may be of another than the council."""
    bare = sort in _BARE and not re.search(r"\b(?:of|for)\b", post)
    return bare and bool(cue(lists.Posts.OTHER_BODY).search(text))


def _post_after(text: str) -> tuple[str, str] | None:
    """The sort of the post that stands right after a name, and its words."""
    joint = _JOINS.match(text)
    rest = text[joint.end() :] if joint else ""
    for sort in SORTS:
        match = _with_body(sort).match(rest)
        if match:
            after = rest[match.end() :]
            area = _AREA.match(after) if sort == lists.Posts.ASSISTANT else None
            return _of_a_length(sort, match["post"] + (area.group() if area else _over(after)))
    return None


def _post_before(text: str, *, between: bool) -> tuple[str, str] | None:
    """The sort of the post that stands right before a name, and its words; not one that stands
    `between` two names right after the first."""
    text = _TITLES.sub("", text)
    if between and _JOINS.match(text):
        return None
    for sort in SORTS:
        for match in cue(sort).finditer(text):
            rest = text[match.end() :]
            over = _over(rest)
            if re.fullmatch(r"[:,]?\s*", rest[len(over) :]):
                return _of_a_length(sort, match.group() + over)
    return None


def _of_a_length(sort: str, post: str) -> tuple[str, str] | None:
    post = " ".join(post.split()).rstrip(" ,")
    return (sort, post) if len(post.split()) <= _LONGEST else None


@cache
def _with_body(sort: str) -> re.Pattern[str]:
    """A post of a sort after a name, be it with the body whose it is: "the council's leader"."""
    return re.compile(rf"{_WHOSE}(?P<post>{_BODY}(?:{cue(sort).pattern}))", re.IGNORECASE)


def _over(text: str) -> str:
    """What a post is over: the words after it, " of children's services", up to the end of the
    phrase."""
    if not re.match(r"\s(?:of|for)\s", text):
        return ""
    end = re.search(r"[,.;:()\u201c]", text)
    phrase = text[: end.start()] if end else text
    stops = [time.mark.start for time in moments(phrase)]
    for match in cue(lists.Grammar.ENDS_POST).finditer(phrase):
        if match.group() != "and":
            stops.append(match.start())
    another_post = re.search(r"\band (?=\S*chair|leader)", phrase)
    if another_post:
        stops.append(another_post.start())
    return _LEADS.sub("", phrase[: min(stops, default=len(phrase))]).rstrip()
