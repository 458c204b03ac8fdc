"""The command line: what commands there are, and how an error is told. They stand in affil/commands/, one module a topic."""

from __future__ import annotations

import gc
import os
import signal
import sys
from typing import Annotated, NoReturn

import typer

from affil import __version__
from affil.commands import match, match_log  # noqa: F401  # they add to match_app
from affil.commands.act import ACT
from affil.commands.audit import audit_app
from affil.commands.check import check
from affil.commands.common import FAILED, USAGE, VOICE, H, tell
from affil.commands.diff import diff
from affil.commands.export import export
from affil.commands.forget import forget
from affil.commands.hold import hold
from affil.commands.key import key_app
from affil.commands.kpi import kpi
from affil.commands.match_options import match_app
from affil.commands.person import person
from affil.commands.person_data import person_data
from affil.commands.place import init, load
from affil.commands.precheck import precheck
from affil.commands.purge import purge
from affil.commands.report import report
from affil.commands.review import review
from affil.commands.rules import rules_app
from affil.commands.screen import demo, explain, screen
from affil.commands.verify import verify

COLLECT_AFTER = 100_000
"""New objects before Python looks for cycles among them: records are many and have none, the search took a tenth of a screen."""

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
app.add_typer(match_app, name="match")
app.add_typer(audit_app, name="audit")
app.add_typer(rules_app, name="rules")
app.add_typer(key_app, name="key")


def main() -> None:
    """Run the command line; an error that can be told in one line is told so, and `--debug` shows the rest."""
    from affil.errors import AffilError, UsageError, is_interruption

    ACT.clear()
    gc.set_threshold(COLLECT_AFTER, 10, 10)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a cp866 console has no «№»: better a sign lost than a crash
    before, others_might = signal.signal(signal.SIGINT, _interrupt), os.umask(PRIVATE)
    try:
        app()
    except AffilError as error:
        code = USAGE if isinstance(error, UsageError) else FAILED
        if _shown_whole(code):
            raise
        tell(VOICE.words("cli.failed", why=error))
        _leave(code)
    except OSError as error:  # a full disk, a folder in place of a file, no rights: no defect of the program
        if _shown_whole():
            raise
        named = f"{error.filename}: " if error.filename else ""
        tell(VOICE.words("cli.failed", why=VOICE.words("cli.system", where=named, cause=error.strerror or error)))
        _leave(FAILED)
    except InterruptedByUser:
        tell(VOICE.words("cli.interrupted"))
        _leave(FAILED)
    except Exception as error:
        if _shown_whole():
            raise
        if failed := _store_failure(error):
            tell(VOICE.words("cli.failed", why=failed))
            _leave(FAILED)
        tell(VOICE.words("cli.interrupted") if is_interruption(error) else H("cli.defect", why=type(error).__name__))
        _leave(FAILED)
    finally:
        signal.signal(signal.SIGINT, before)
        os.umask(others_might)


def _leave(code: int) -> NoReturn:
    """End with this exit code; the log has that the command failed."""
    _log_failure(code)
    sys.exit(code)


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


class InterruptedByUser(BaseException):
    """Ctrl-C, under a name the library of the command line does not know: its own exit code is none of CONTRACT 2."""


def _interrupt(*_: object) -> NoReturn:
    raise InterruptedByUser


if __name__ == "__main__":
    main()
