"""The command line: what commands there are, and how an error is told. They stand in affil/commands/, one module a topic."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Sequence
from typing import Annotated, NoReturn

import typer

from affil import __version__
from affil.commands import match, match_log  # noqa: F401  # they add to match_app
from affil.commands.act import ACT
from affil.commands.audit import audit_app
from affil.commands.check import check
from affil.commands.common import DONE, FAILED, USAGE, VOICE, H, tell
from affil.commands.diff import diff
from affil.commands.export import export
from affil.commands.forget import forget
from affil.commands.hold import hold
from affil.commands.key import key_app
from affil.commands.kpi import kpi
from affil.commands.match_options import match_app
from affil.commands.menu import is_terminal, menu_of
from affil.commands.person import person
from affil.commands.person_data import person_data
from affil.commands.place import init, load
from affil.commands.precheck import precheck
from affil.commands.purge import purge
from affil.commands.report import report
from affil.commands.review import review
from affil.commands.rules import rules_app
from affil.commands.screen import demo, explain, screen
from affil.commands.usage import is_usage, usage_text
from affil.commands.verify import verify
from affil.console import prepare_streams

COLLECT_AFTER = 100_000
"""New objects before Python looks for cycles among them: records are many and have none, the search took a tenth of a screen."""

INTERRUPTED = 130  # what the library of the command line makes of a KeyboardInterrupt; CONTRACT 2 has no such code

PRIVATE = 0o077
"""What others may with files this program makes: nothing, from the first byte on. Windows knows only the rights of the folder."""

app = typer.Typer(
    help=H("cli.app"), no_args_is_help=True, add_completion=True, pretty_exceptions_enable=False, rich_markup_mode=None
)


def _version(asked: bool) -> None:
    if asked:
        print(f"affil {__version__}")
        raise typer.Exit


Version = Annotated[bool, typer.Option("--version", is_eager=True, callback=_version, help=H("cli.option.version"))]


@app.callback(help=H("cli.app"))
def _affil(version: Version = False) -> None:
    """What may stand before every command."""


app.command(help=H("cli.demo.help"))(demo)
app.command(help=H("cli.init.help"))(init)
app.command(help=H("cli.load.help"))(load)
app.command(help=H("cli.check.help"))(check)
app.command(help=H("cli.screen.help"))(screen)
app.command(help=H("cli.explain.help"))(explain)
app.command(help=H("person.help"))(person)
app.command(help=H("precheck.cli.help"))(precheck)
app.command(help=H("kpi.help"))(kpi)
app.command(help=H("cli.report.help"))(report)
app.command(help=H("diff.help"))(diff)
app.command(help=H("export.help"))(export)
app.command(help=H("review.help"))(review)
app.command(help=H("load.forget.help"))(forget)
app.command(help=H("retention.help"))(purge)
app.command("person-data", help=H("retention.person_data_help"))(person_data)
app.command(help=H("retention.hold_help"))(hold)
app.command(help=H("audit.verify.help"))(verify)
app.command("menu", help=H("menu.help"))(menu_of(lambda arguments: carried_out(arguments), lambda: known_commands()))
app.add_typer(match_app, name="match")
app.add_typer(audit_app, name="audit")
app.add_typer(rules_app, name="rules")
app.add_typer(key_app, name="key")


def known_commands() -> set[str]:
    """Names of the commands that stand alone."""
    return {one.name or (one.callback.__name__ if one.callback else "") for one in app.registered_commands}


def main() -> None:
    """Run the command line, or the menu where no command is given and a person sits at a terminal; ends with the exit code."""
    gc.set_threshold(COLLECT_AFTER, 10, 10)
    prepare_streams()
    before, others_might = signal.signal(signal.SIGINT, _interrupt), os.umask(PRIVATE)
    try:
        code = carried_out(sys.argv[1:] or (["menu"] if is_terminal() else []))
    finally:
        signal.signal(signal.SIGINT, before)
        os.umask(others_might)
    if code:
        sys.exit(code)


def carried_out(arguments: Sequence[str]) -> int:
    """The exit code of one command; an error that can be told in one line is told so, and `--debug` shows the rest."""
    typed = sys.argv
    sys.argv = [typed[0], *arguments]
    ACT.clear()
    try:
        return _ended()
    finally:
        sys.argv = typed


def _ended() -> int:
    from affil.errors import AffilError, InterruptedByUser, UsageError, is_interruption

    try:
        code = app(prog_name="affil", standalone_mode=False)
        return _told(VOICE.words("cli.interrupted")) if code == INTERRUPTED else code if isinstance(code, int) else DONE
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else DONE if end.code is None else FAILED
    except typer.Abort:  # a question nobody is there to answer
        return _told(VOICE.words("cli.interrupted"))
    except AffilError as error:
        code = USAGE if isinstance(error, UsageError) else FAILED
        if _shown_whole(code):
            raise
        return _told(VOICE.words("cli.failed", why=error), code)
    except OSError as error:  # a full disk, a folder in place of a file, no rights: no defect of the program
        if _shown_whole():
            raise
        return _told(VOICE.words("cli.failed", why=_of_the_system(error)))
    except InterruptedByUser:
        return _told(VOICE.words("cli.interrupted"))
    except Exception as error:
        if is_usage(error):
            tell(usage_text(error, VOICE.words))
            return USAGE
        if _shown_whole():
            raise
        if failed := _store_failure(error):
            return _told(VOICE.words("cli.failed", why=failed))
        return _told(VOICE.words("cli.interrupted") if is_interruption(error) else H("cli.defect", why=type(error).__name__))


def _of_the_system(error: OSError) -> str:
    """What the system refused. No right to a file is on Windows most often a file that is open in Excel or Word."""
    name = error.filename2 or error.filename
    key = "cli.in_use" if isinstance(error, PermissionError) else "cli.system"
    return VOICE.words(key, where=f"{name}: " if name else "", cause=error.strerror or error)


def _told(message: str, code: int = FAILED) -> int:
    """The code, once the message is told and the log has that the command failed."""
    tell(message)
    _log_failure(code)
    return code


def _shown_whole(code: int = FAILED) -> bool:
    """Whether the error is to be shown with all its lines; the log has it either way."""
    if "--debug" in sys.argv:
        _log_failure(code)
    return "--debug" in sys.argv


def _log_failure(code: int) -> None:
    try:
        ACT.failed(code)
    except Exception as error:  # what failed first is what to tell
        tell(VOICE.words("audit.not_kept", folder="", cause=type(error).__name__))


def _store_failure(error: Exception) -> str | None:
    """A full disk or a failed store in one line; None for any other error."""
    if "duckdb" not in sys.modules:
        return None
    from affil.store.store import why_store_failed

    return why_store_failed(error, VOICE.words)


def _interrupt(*_: object) -> NoReturn:
    from affil.errors import InterruptedByUser

    raise InterruptedByUser


if __name__ == "__main__":
    main()
