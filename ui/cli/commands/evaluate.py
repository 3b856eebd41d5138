"""The command `scrutiny eval`: how well it all does on a labelled set."""

from __future__ import annotations

from pathlib import Path

import click

from rag.errors import ScrutinyError
from ui.cli.command import Context, json_line
from ui.cli.progress import progress
from ui.wording.printable import printable


@click.command("eval")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Everything as one JSON object.")
@click.option("--record", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="Write everything to FILE as JSON too.")  # fmt: skip
@click.option("--misses", is_flag=True, help="List the items that went wrong.")
@click.option("--sample", type=click.IntRange(1), metavar="N",
              help="Put N of the questions alone, taken evenly from all.")  # fmt: skip
@click.option("--adversary", is_flag=True,
              help="Try the checking of a language model with a scripted one.")  # fmt: skip
@click.pass_obj
def evaluate(
    context: Context,
    folder: Path,
    as_json: bool,
    record: Path | None,
    misses: bool,
    sample: int | None,
    adversary: bool,
) -> None:
    """Score a labelled set: FOLDER holds qa.jsonl, dialogues.jsonl or claims.jsonl."""
    from rag.evaluation import runner as evaluation
    from rag.evaluation.report import misses as missed

    evaluation.load_set(folder)  # a mistake in the set is told before the encoder is loaded
    desk = context.services.open_desk(context.settings)
    with progress("Scoring") as bar:
        if adversary:
            documents = desk.library.documents()
            report = evaluation.evaluate_checking(folder, desk, documents, on_item=bar.update)
        else:
            report = evaluation.evaluate(folder, desk, on_item=bar.update, sample=sample)
    if record:
        _write(record, json_line(report.to_record(), indent=1))
    click.echo(json_line(report.to_record()) if as_json else report.table())
    if misses and not as_json:
        click.echo("\n" + "\n".join(map(printable, missed(report))))


def _write(path: Path, words: str) -> None:
    try:
        path.write_text(words + "\n", encoding="utf-8")
    except OSError as error:
        raise ScrutinyError(f"{path} cannot be written: {error.strerror}.") from error
