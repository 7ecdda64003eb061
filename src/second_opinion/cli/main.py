"""The console script: its commands, and how every error ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from types import TracebackType

import click

from second_opinion import __version__
from second_opinion.cli.errors import CommandError
from second_opinion.cli.lazy import LazyGroup, Listed
from second_opinion.engine.errors import EngineError
from second_opinion.ingest.errors import IngestError, OptionsError

DONE, WRONG_INPUT, WRONG_USAGE, STOPPED = 0, 1, 2, 130

_CLI = "second_opinion.cli"
COMMANDS = {
    "opine": Listed(f"{_CLI}.opine", "opine", "A second opinion from one case file: the report."),
    "evidence": Listed(
        f"{_CLI}.evidence", "evidence", "How much a second opinion is worth on your own ratings."
    ),
    "agreement": Listed(
        f"{_CLI}.agreement", "agreement", "How much assessors agree, by every common statistic."
    ),
    "verify": Listed(f"{_CLI}.verify", "verify", "What a receipt proves, offline."),
    "redact": Listed(
        f"{_CLI}.redact", "redact_document", "One document made less recognisable, for raters."
    ),
    "worth": Listed(f"{_CLI}.worth.command", "worth", "Would a second opinion pay here?"),
    "plan": Listed(f"{_CLI}.plan", "plan", "Which method on which criterion, for which minutes."),
    "match": Listed(f"{_CLI}.match.command", "match", "Which assessors for which cases."),
    "utility": Listed(
        f"{_CLI}.utility", "utility", "What selecting on a valid procedure gives, in arithmetic."
    ),
    "calibrate": Listed(
        f"{_CLI}.calibrate", "calibrate", "How strict assessors are, where candidates stand."
    ),
    "generalizability": Listed(
        f"{_CLI}.generalizability",
        "generalizability",
        "How many assessors or criteria are enough.",
    ),
    "questionnaire": Listed(
        f"{_CLI}.questionnaire.group",
        "questionnaire",
        "What a questionnaire measures, and where people stand.",
    ),
    "compile": Listed(
        f"{_CLI}.compile_loops", "compile_ahead", "Compile ahead, so that no large fit waits."
    ),
    "library": Listed(
        f"{_CLI}.library", "library", "Criteria to choose from: look, copy to adapt, check."
    ),
    "competences": Listed(
        f"{_CLI}.competences", "competences", "Read ESCO's skills into a provider's vocabulary."
    ),
    "demo": Listed(f"{_CLI}.demo", "demo", "A running service with made-up cases."),
    "serve": Listed(f"{_CLI}.operate", "serve", "Serve the pages."),
    "worker": Listed(f"{_CLI}.operate", "worker", "Send mails and do what is due."),
    "migrate": Listed(f"{_CLI}.operate", "migrate", "Bring the database up to date."),
    "backup": Listed(f"{_CLI}.backup.commands", "backup", "Write everything into two files."),
    "restore": Listed(f"{_CLI}.backup.commands", "restore", "Bring a backup back."),
    "invite": Listed(f"{_CLI}.people", "invite", "Let the first people sign in."),
    "reset-sign-in": Listed(
        f"{_CLI}.people", "reset_sign_in", "When somebody has lost their telephone."
    ),
    "doctor": Listed(f"{_CLI}.operate", "doctor", "Check configuration, database and records."),
}


@click.group(
    cls=LazyGroup,
    listed=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Each command explains itself with an example: second-opinion opine --help",
)
@click.version_option(__version__, prog_name="second-opinion")
def second_opinion() -> None:
    """An independent second opinion on a final candidate in a recruitment.

    Ends with 0 when done, 1 when the input is wrong, 2 when the command is.
    """


def main() -> None:
    """The installed command."""
    # Before NumPy is loaded: on matrices as small as ours, threads mostly wait for each other.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    sys.excepthook = _tell_of_a_fault
    for stream in (sys.stdout, sys.stderr):
        # a terminal that cannot show a character must not end the command
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """One call of the command; answers with the exit code."""
    try:
        code = second_opinion.main(
            args=list(arguments), prog_name="second-opinion", standalone_mode=False
        )
        sys.stdout.flush()  # here, where a closed pipe can still be told from a fault
    except OptionsError as error:
        return _failed(str(error), code=WRONG_USAGE)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (IngestError, EngineError, CommandError) as error:
        return _failed(str(error), code=WRONG_INPUT)
    except BrokenPipeError:
        return _reader_gone()
    except OSError as error:
        return _failed(f"The system refused: {error}.", code=WRONG_INPUT)
    except (click.Abort, KeyboardInterrupt):
        return _failed("Stopped.", code=STOPPED)
    return code if isinstance(code, int) else DONE


def _failed(sentence: str, *, code: int) -> int:
    click.echo(f"second-opinion: {sentence}", err=True)
    return code


def _reader_gone() -> int:
    """Whoever read our output stopped (`| head`): nothing to say, and nobody to say it to."""
    # Python flushes stdout once more at exit, and would complain
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return WRONG_INPUT


def _tell_of_a_fault(
    kind: type[BaseException], fault: BaseException, trace: TracebackType | None
) -> None:
    """The last resort for a fault of ours: a sentence, with the place for whoever mends it."""
    place = ""
    while trace is not None:
        place = f" ({trace.tb_frame.f_code.co_filename}, line {trace.tb_lineno})"
        trace = trace.tb_next
    click.echo(
        f"second-opinion: This is a fault in second-opinion, not in your input: {kind.__name__}: "
        f"{fault}{place}. Please report it with the command you gave.",
        err=True,
    )


if __name__ == "__main__":
    main()
