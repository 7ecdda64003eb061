"""Where a command's answer goes: files written whole or not at all, JSON, and tables."""

from __future__ import annotations

import contextlib
import json
import math
import os
import secrets
import stat
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

import click
from rich.console import Console

from second_opinion.cli.errors import OutputError

STANDARD_OUTPUT = "-"
_ROWS_AT_ONCE = 10_000

json_option = click.option(
    "--json",
    "json_target",
    metavar="PATH",
    help="Write the answer as JSON to PATH, or to standard output with -.",
)


def as_json(body: Mapping[str, object]) -> bytes:
    """The JSON text; what is not a finite number becomes null, as JSON has no word for it."""
    text = json.dumps(_sayable(body), ensure_ascii=False, allow_nan=False, indent=2)
    return f"{text}\n".encode()


def _sayable(value: object) -> object:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {key: _sayable(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_sayable(each) for each in value]
    return value


def require_json_place(target: str | None, *, inputs: Sequence[Path] = ()) -> None:
    """Refuse, before any work, a --json target that cannot be written."""
    require_writable(_json_files(target), inputs=inputs)


def write_json(body: Mapping[str, object], target: str) -> None:
    """The answer of a command to where --json says."""
    if target == STANDARD_OUTPUT:
        write_to_standard_output(as_json(body))
    else:
        write_whole({Path(target): as_json(body)})
        click.echo(f"Written: {target}", err=True)


def write_json_in_pieces(
    body: Mapping[str, object], name: str, rows: Iterable[Mapping[str, object]], target: str
) -> None:
    """The same with one long list, last under its name, which is never in memory as a whole."""
    if target == STANDARD_OUTPUT:
        for piece in _json_pieces(body, name, rows):
            write_to_standard_output(piece)
    else:
        write_whole({Path(target): _json_pieces(body, name, rows)})
        click.echo(f"Written: {target}", err=True)


def _json_pieces(
    body: Mapping[str, object], name: str, rows: Iterable[Mapping[str, object]]
) -> Iterator[bytes]:
    ending = b"]\n}\n"
    yield as_json({**body, name: []}).removesuffix(ending)
    before = b"\n    "
    for part in _batches(rows):
        said = [json.dumps(_sayable(row), ensure_ascii=False, allow_nan=False) for row in part]
        yield before + ",\n    ".join(said).encode()
        before = b",\n    "
    yield (b"" if before == b"\n    " else b"\n  ") + ending


def _batches(rows: Iterable[Mapping[str, object]]) -> Iterator[list[Mapping[str, object]]]:
    """Some rows at a time, as many as are well written at once."""
    every = iter(rows)
    while part := list(islice(every, _ROWS_AT_ONCE)):
        yield part


def _json_files(target: str | None) -> list[Path]:
    return [] if target in (None, STANDARD_OUTPUT) else [Path(str(target))]


def write_to_standard_output(content: bytes) -> None:
    """Bytes to standard output, whatever encoding the terminal has."""
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def readable(*, width: int = 100) -> Console:
    """Standard output for a person: tables as wide as the terminal, or as a page of that width."""
    console = Console(highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console.width = max(console.width, width)
    return console


def shown(name: str) -> str:
    """A name from a file without the control characters that a terminal would obey."""
    return "".join("\ufffd" if unicodedata.category(each) == "Cc" else each for each in name)


def require_writable(targets: Sequence[Path], *, inputs: Sequence[Path] = ()) -> None:
    """Refuse, before any work, targets that cannot be written or that mean the same file.

    Raises
    ------
    OutputError
    click.UsageError : two outputs to one file, or an output over an input
    """
    taken = {path.resolve() for path in inputs}
    for target in targets:
        resolved = target.resolve()
        if resolved in taken:
            raise click.UsageError(f"{target} is named twice; give each output its own file.")
        taken.add(resolved)
        _require_place(target)


def require_folder(folder: Path, names: Iterable[str], *, inputs: Sequence[Path] = ()) -> None:
    """Refuse, before any work, a folder that cannot be made or in which files cannot be written.

    Raises
    ------
    OutputError
    click.UsageError : a file of it would be written over an input
    """
    if folder.is_dir():
        require_writable([folder / name for name in names], inputs=inputs)
    elif folder.exists():
        raise OutputError(f"{folder}: This is a file; name a folder. Nothing was written.")
    else:
        _require_place(folder)


@contextlib.contextmanager
def made_folders(folders: Iterable[Path]) -> Iterator[None]:
    """Folders to write in; those that were not there before are gone again if writing fails."""
    made: list[Path] = []
    try:
        for folder in folders:
            if not folder.is_dir():
                folder.mkdir()
                made.append(folder)
        yield
    except BaseException:
        for folder in made:
            with contextlib.suppress(OSError):
                folder.rmdir()
        raise


def write_whole(outputs: Mapping[Path, bytes | Iterable[bytes]]) -> None:
    """Write every file, or leave every one as it was.

    All are first written beside their targets, and put in place only when all stand. What comes in
    pieces is written as it comes.

    Raises
    ------
    OutputError
    """
    drafts: dict[Path, Path] = {}
    try:
        for target, content in outputs.items():
            if _is_device(target):
                with target.open("wb") as stream:
                    stream.writelines(_pieces(content))
            else:
                drafts[target] = _draft_name(target.resolve())
                _write_draft(drafts[target], content, target=target.resolve())
        for target, draft in drafts.items():
            draft.replace(target.resolve())
    except OSError as fault:
        raise _unwritable(fault, " and ".join(map(str, outputs))) from fault
    finally:
        for draft in drafts.values():
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)


def _draft_name(target: Path) -> Path:
    """A name in the target's folder, so that putting the draft in place is one step."""
    return target.with_name(f".second-opinion-{secrets.token_hex(8)}.part")


def _pieces(content: bytes | Iterable[bytes]) -> Iterable[bytes]:
    return (content,) if isinstance(content, bytes) else content


def _write_draft(draft: Path, content: bytes | Iterable[bytes], *, target: Path) -> None:
    # 0o666 and not a private file: the user's own umask decides, as with any program
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    with os.fdopen(descriptor, "wb") as stream:
        stream.writelines(_pieces(content))
        stream.flush()
        os.fsync(stream.fileno())
    if target.exists():
        draft.chmod(stat.S_IMODE(target.stat().st_mode))


def _require_place(target: Path) -> None:
    folder = target.resolve().parent
    if target.is_dir():
        raise OutputError(f"{target}: This is a folder; name a file in it. Nothing was written.")
    if not folder.is_dir():
        raise OutputError(
            f"{target}: There is no folder {folder}; make it first. Nothing was written."
        )
    if not os.access(target if _is_device(target) else folder, os.W_OK):
        raise OutputError(
            f"{target}: You may not write in {folder}; choose another folder. Nothing was written."
        )


def _is_device(target: Path) -> bool:
    """Something that exists and is no ordinary file, as /dev/null: replacing it would harm."""
    return target.exists() and not target.is_file()


def _unwritable(fault: OSError, targets: str) -> OutputError:
    reason = os.strerror(fault.errno) if fault.errno else str(fault)
    return OutputError(
        f"{targets}: It cannot be written ({reason}); choose another place. Nothing was written."
    )
