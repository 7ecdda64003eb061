"""The compiler's work done ahead, and what it left of older loops cleared away."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import click


@click.command(
    "compile", epilog="Example: second-opinion compile   (once after installing or upgrading)"
)
def compile_ahead() -> None:
    """Compile the measurement engine's loops now, so that no fit waits for it later.

    What is compiled is kept on disk. Without this, the first large fit takes some 15 seconds more.
    """
    # Imported here: whoever asks for help must not wait for a compiler to load.
    from second_opinion.engine.compiling import kept_in
    from second_opinion.engine.warming import compile_loops, compiled_loops

    started = perf_counter()
    click.echo("Compiling the measurement loops, which takes some 20 seconds once ... ", nl=False)
    loops = compiled_loops()
    folders = {folder for folder in map(kept_in, loops) if folder is not None}
    clear_outdated([Path(folder) for folder in folders], newest=max(map(_changed, loops)))
    compile_loops()
    click.echo(f"done in {perf_counter() - started:.0f} s.")
    if not folders:
        click.echo(
            "Nothing could be kept, as no folder can be written to: every process will compile "
            "anew when it first needs to. Set NUMBA_CACHE_DIR to a folder that it may write to."
        )


def clear_outdated(folders: list[Path], *, newest: float) -> None:
    """Remove compiled code that is older than a loop: it may hold an older one's copy inside.

    Parameters
    ----------
    newest : when the last of the loops was changed, seconds since 1970
    """
    for folder in folders:
        for kept in [*folder.glob("*.nbi"), *folder.glob("*.nbc")]:
            if kept.stat().st_mtime < newest:
                kept.unlink(missing_ok=True)


def _changed(loop: Callable[..., object]) -> float:
    return Path(inspect.getfile(inspect.unwrap(loop))).stat().st_mtime
