"""The command `scrutiny check`: what the documents say to a claim, or to each of a speech."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

import click

from rag.claims.splitting import LONGEST, split_claims
from rag.question.filters import Filters
from rag.question.older import older_reports
from rag.records.verdicts import check_record, checked_record
from rag.types import CheckedPart, PartKind
from ui.cli.batch import batch_option, read_batch
from ui.cli.check_text import speech_text, verdict_text
from ui.cli.command import Context, as_json_option, open_desk, print_result
from ui.cli.file_output import out_option, write
from ui.cli.filter_options import filter_options
from ui.export.documents.checks_document import as_checked, check_paper
from ui.export.formats import WITH_TABLE, now
from ui.wording.printable import printable

_CLAIM = "claim"


@click.command()
@click.argument("claim", required=False)
@batch_option(_CLAIM)
@filter_options
@out_option(*WITH_TABLE)
@as_json_option
@click.pass_obj
def check(
    context: Context,
    claim: str | None,
    batch: TextIO | None,
    as_json: bool,
    filters: Filters,
    out: Path | None,
) -> None:
    """Check CLAIM, a sentence or a whole speech, against the documents.

    Each claim is supported, contradicted or not found, with the words that decide it. A speech is
    split into its claims, and what is no claim is named; a claim of a batch is checked whole.
    """
    if out and batch is not None:
        raise click.UsageError("--out takes one claim or one speech, not a batch.")
    if batch is not None and claim is None:
        _check_batch(context, batch, as_json, filters)
    elif batch is None and claim and claim.strip():
        _check_text(context, claim, as_json, filters, out)
    else:
        raise click.UsageError("Give a claim, or a batch of them with --from.")


def _check_batch(context: Context, batch: TextIO, as_json: bool, filters: Filters) -> None:
    items = read_batch(batch, _CLAIM)
    desk, filters = open_desk(context, filters)
    older = older_reports(desk.library.documents())
    verdicts = desk.check(*(item.question for item in items), filters=filters)
    for item, verdict in zip(items, verdicts, strict=True):
        text = f"[{printable(str(item.id))}]\n{verdict_text(verdict, older)}\n"
        print_result([{"id": item.id, **check_record(verdict, older)}], text, as_json)


def _check_text(
    context: Context, text: str, as_json: bool, filters: Filters, out: Path | None
) -> None:
    if len(text) > LONGEST:
        raise click.UsageError(f"A speech has at most {LONGEST:,} characters: check it in parts.")
    desk, filters = open_desk(context, filters)
    older = older_reports(desk.library.documents())
    if _is_one_claim(text):
        (verdict,) = desk.check(text.strip(), filters=filters)
        checked: tuple[CheckedPart, ...] = (as_checked(verdict),)
        print_result([check_record(verdict, older)], verdict_text(verdict, older), as_json)
    else:
        checked = desk.check_speech(text, filters=filters)
        records = [checked_record(part, older) for part in checked]
        print_result(records, speech_text(checked, older), as_json)
    if out:
        write(check_paper(checked, desk.library.documents(), now()), out)


def _is_one_claim(text: str) -> bool:
    """Whether a text is a single claim, or nothing that could be parted."""
    parts = split_claims(text)
    return not parts or (len(parts) == 1 and parts[0].kind is PartKind.CLAIM)
