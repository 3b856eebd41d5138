"""The words of passages in PostgreSQL: its full text search proposes passages, which are weighed by
the same BM25 as in SQLite.

Each passage has its terms as text, to be weighed by, and as a `tsvector`, to be found by. How many
passages hold a term is counted as they are written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rag.library import bm25
from rag.library.bm25 import IndexedPassage, IndexSize
from rag.library.database import Connection, Database
from rag.library.lexical.looked_up import looked_up
from rag.library.lexical.port import Rows
from rag.library.tables import Catalogue
from rag.text.tokens import folded, terms
from rag.text.vocabulary import Vocabulary

FEW_PASSAGES = 10_000
"""Up to so many, all terms are read at once, and every passage that has one of the words is looked
at."""
MOST_LOOKED_AT = 20_000
"""Passages that are looked at in a larger library: those that hold the rarest of the words."""
PROPOSED = 4
"""Passages that are weighed for each that is wanted."""
_LONGEST_TERM = 500
"""Characters of a term: PostgreSQL takes no longer ones than 2,046 bytes."""
_MOST_PLACES = 16_383
"""Places in a passage that PostgreSQL tells apart."""

# `ts_rank` of one term is its weight, and a quarter of it for the next place, a ninth for the one
# after that, all divided by this; from that the number of places is guessed, which is enough to
# propose by.
_RANK = "1.6449 * ts_rank('{0, 0.5, 0.6, 1}', terms, CAST(? AS tsquery))"
_FREQUENCY = "CASE WHEN rank > 1 THEN 1 + 4 * (rank - 1) ELSE rank END"
_PROPOSE = """
SELECT id, text, heading, source FROM lexical, LATERAL (
    SELECT sum(weight * f / (f + 0.3 + 0.9 * words / CAST(? AS float8))) AS score
    FROM (SELECT weight, {frequency} AS f FROM (VALUES {ranks}) AS ranked (weight, rank)) AS counted
) AS scored WHERE {condition} ORDER BY score DESC, id LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class _Indexed:
    """The terms of a passage, one space between them; `row` in the passages table."""

    row: int
    document: str
    text: str
    heading: str
    source: str

    @property
    def fields(self) -> tuple[str, str, str]:
        return self.text, self.heading, self.source

    @property
    def terms(self) -> list[str]:
        return [term for field in self.fields for term in field.split()]


class PostgresIndex:
    """The words of one library in PostgreSQL: a part of what is held, and so never behind."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._vocabulary: tuple[int, Vocabulary] | None = None

    # ------------------------------------------------------------ searching

    def search(
        self,
        connection: Connection,
        held: Catalogue,
        query: Sequence[str],
        k: int,
        within: Collection[str] | None = None,
    ) -> Rows:
        """The `k` best passages for the terms: (row, BM25), best first, BM25 above zero."""
        phrases = [phrase for phrase in bm25.phrases_of(query) if phrase]
        size = _size(connection)
        if not phrases or not size.passages:
            return []
        holders = _holders(connection, phrases)
        weights = {
            phrase: bm25.inverse_frequency(size.passages, holders[phrase]) for phrase in phrases
        }
        passages = held.passages if within is None else held.passages_of(within)
        wanted = phrases if passages <= FEW_PASSAGES else _rarest(holders)
        condition = "terms @@ CAST(? AS tsquery)"
        values: list[object] = [_any_of(wanted)]
        if within is not None:
            condition += " AND document = ANY(?)"
            values.append([held.entry_named[name].version for name in within])
        ranks = ", ".join([f"(CAST(? AS float8), {_RANK})"] * len(phrases))
        found = connection.execute(
            _PROPOSE.format(frequency=_FREQUENCY, ranks=ranks, condition=condition),
            [
                size.mean_terms,
                *(part for phrase in phrases for part in (weights[phrase], _phrase(phrase))),
                *values,
                PROPOSED * k,
            ],
        )
        return bm25.weighed(size, weights, found)[:k]

    def vocabulary(self, connection: Connection, held: Catalogue) -> Vocabulary:
        """The terms that are held: read once for a state of a small library, looked up one by one
        in a large one."""
        if held.passages > FEW_PASSAGES:
            return looked_up(_Terms(self._database))
        latest = self._vocabulary
        if latest is None or latest[0] != held.state:
            rows = connection.execute("SELECT term, passages FROM term_frequencies")
            latest = self._vocabulary = held.state, Vocabulary.of(dict(rows.fetchall()))
        return latest[1]

    # ------------------------------------------------------------ the words of passages

    def add(self, connection: Connection, passages: Iterable[IndexedPassage]) -> None:
        """Index passages under their rows of the passages table."""
        self._put(connection, [_indexed(passage) for passage in passages])

    def describe(self, connection: Connection, rows: Iterable[int], source: str) -> None:
        """Give passages another description of their source."""
        line = _terms_of(source)
        before = _held(connection, rows)
        self._take_out(connection, before)
        self._put(
            connection, [_Indexed(p.row, p.document, p.text, p.heading, line) for p in before]
        )

    def remove(self, connection: Connection, rows: Iterable[int]) -> None:
        """Take passages out of the index."""
        self._take_out(connection, _held(connection, rows))

    def _put(self, connection: Connection, passages: Sequence[_Indexed]) -> None:
        connection.executemany(
            "INSERT INTO lexical (id, document, text, heading, source, words, terms) "
            "VALUES (?, ?, ?, ?, ?, ?, CAST(? AS tsvector))",
            [(p.row, p.document, *p.fields, 1 + len(p.terms), _vector(p)) for p in passages],
        )
        _count(connection, passages, 1)

    def _take_out(self, connection: Connection, passages: Sequence[_Indexed]) -> None:
        connection.execute("DELETE FROM lexical WHERE id = ANY(?)", ([p.row for p in passages],))
        _count(connection, passages, -1)
        connection.execute("DELETE FROM term_frequencies WHERE passages <= 0")

    # ------------------------------------------------------------ always in step

    def put(self, connection: Connection, held: Catalogue, versions: Mapping[str, str]) -> None:
        """Nothing: words are written with the passages."""

    def is_behind(self, held: Catalogue) -> bool:
        """Never."""
        return False

    def make_sound(self, connection: Connection, held: Catalogue) -> None:
        """Nothing: it is never behind."""

    def rest(self) -> None:
        """Nothing: no file is held."""

    def discard(self) -> None:
        """Nothing: it is a part of what is held."""

    def close(self) -> None:
        """Nothing: no file is held."""


class _Terms:
    """The terms of a large library, looked up one by one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def frequency(self, phrase: str) -> int:
        """In how many passages a term stands."""
        row = self._database.row("SELECT passages FROM term_frequencies WHERE term = ?", (phrase,))
        return int(row[0]) if row else 0

    def beginning(self, prefix: str) -> Sequence[tuple[str, int]]:
        """The terms that begin so, and in how many passages each stands."""
        rows = self._database.rows(
            "SELECT term, passages FROM term_frequencies "
            "WHERE term >= ? AND starts_with(term, ?) ORDER BY term",
            (folded(prefix), folded(prefix)),
        )
        return [(str(term), int(passages)) for term, passages in rows]


# ---------------------------------------------------------------- counting


def _count(connection: Connection, passages: Sequence[_Indexed], step: int) -> None:
    """Count passages in, or out."""
    frequencies = Counter(term for passage in passages for term in set(passage.terms))
    words = sum(1 + len(passage.terms) for passage in passages)
    # In one order for all who write.
    named = sorted(frequencies)
    connection.execute(
        "INSERT INTO term_frequencies (term, passages) "
        "SELECT * FROM unnest(CAST(? AS text[]), CAST(? AS bigint[])) "
        "ON CONFLICT (term) DO UPDATE SET passages = term_frequencies.passages + excluded.passages",
        (named, [step * frequencies[term] for term in named]),
    )
    connection.execute(
        "UPDATE lexical_size SET passages = passages + ?, words = words + ?",
        (step * len(passages), step * words),
    )


def _size(connection: Connection) -> IndexSize:
    passages, words = connection.execute("SELECT passages, words FROM lexical_size").fetchone()
    return IndexSize(int(passages), int(words) / max(int(passages), 1))


def _holders(connection: Connection, phrases: Sequence[str]) -> Mapping[str, int]:
    """In how many passages each phrase stands."""
    single = [phrase for phrase in phrases if " " not in phrase]
    found = dict(
        connection.execute(
            "SELECT term, passages FROM term_frequencies WHERE term = ANY(?)", (single,)
        ).fetchall()
    )
    for phrase in phrases:
        if " " in phrase:
            (found[phrase],) = connection.execute(
                "SELECT count(*) FROM lexical WHERE terms @@ CAST(? AS tsquery)",
                (_phrase(phrase),),
            ).fetchone()
    return {phrase: int(found.get(phrase, 0)) for phrase in phrases}


def _rarest(holders: Mapping[str, int]) -> list[str]:
    """The phrases that few passages hold, as long as they are not too many in all; one at least."""
    chosen: list[str] = []
    together = 0
    for phrase in sorted(holders, key=lambda phrase: holders[phrase]):
        together += holders[phrase]
        if chosen and together > MOST_LOOKED_AT:
            break
        # What nothing holds finds nothing.
        if holders[phrase]:
            chosen.append(phrase)
    return chosen or list(holders)


# ---------------------------------------------------------------- PostgreSQL's forms


def _indexed(passage: IndexedPassage) -> _Indexed:
    fields = (_terms_of(part) for part in (passage.text, passage.heading, passage.source))
    return _Indexed(passage.row, passage.version, *fields)


def _terms_of(text: str) -> str:
    return folded(" ".join(term[:_LONGEST_TERM] for term in terms(text)))


def _held(connection: Connection, rows: Iterable[int]) -> list[_Indexed]:
    found = connection.execute(
        "SELECT id, document, text, heading, source FROM lexical WHERE id = ANY(?)", (list(rows),)
    )
    return [_Indexed(*row) for row in found]


def _vector(passage: _Indexed) -> str:
    """A passage as a `tsvector`: each term with its places, no phrase over the end of a field."""
    return " ".join(f"{_quoted(term)}:{place}{letter}" for term, place, letter in _places(passage))


def _places(passage: _Indexed) -> Iterator[tuple[str, int, str]]:
    place = 0
    for field, letter in zip(passage.fields, "ABC", strict=True):
        for term in field.split():
            place += 1
            yield term, min(place, _MOST_PLACES), letter
        place += 1


def _any_of(phrases: Iterable[str]) -> str:
    return " | ".join(f"({_phrase(phrase)})" for phrase in phrases)


def _phrase(phrase: str) -> str:
    """A phrase as a `tsquery`: its terms next to each other."""
    return " <-> ".join(_quoted(term[:_LONGEST_TERM]) for term in phrase.split())


def _quoted(term: str) -> str:
    """A term as PostgreSQL reads it, whatever characters it has."""
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"
