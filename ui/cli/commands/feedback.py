"""The command `scrutiny feedback`: what people said of the answers."""

from __future__ import annotations

import click

from ui.cli.command import Context, as_json_option, print_result
from ui.cli.terminal import feedback_text


@click.command()
@as_json_option
@click.pass_obj
def feedback(context: Context, as_json: bool) -> None:
    """Show what people said of answers: right, wrong or from the wrong source.

    With --json each holds the whole answer, and the draft of a golden question.
    """
    from rag.saved.feedback import feedback_record

    feedback = context.services.open_feedback(context.settings).all()
    print_result(map(feedback_record, feedback), feedback_text(feedback), as_json)
