"""The folder an officer works in: where things are, how it is made, which runs it holds (CONTRACT 1)."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from affil.errors import SettingsError, UsageError
from affil.launchers import launchers
from affil.settings import FILE_NAME, Settings, default_toml, load_settings
from affil.words import Words

FOLDER_MODE = 0o700  # personal data: for its owner only, where the system has such rights
FILE_MODE = 0o600

HASH_SIGNS = 8
_RUN_NAME = re.compile(rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}_[0-9]{{2}}-[0-9]{{2}}-[0-9]{{2}}_[0-9a-f]{{{HASH_SIGNS}}}(-[0-9]+)?")
_RUN_HASH = re.compile(rf"(?:R-)?([0-9a-f]{{{HASH_SIGNS},64}})")


@dataclass(frozen=True, slots=True)
class Workspace:
    """The paths of a workspace; nothing is opened. `lang` is for its messages."""

    root: Path
    lang: str = "ru"

    @property
    def inbox(self) -> Path:
        """Files to load; nothing in it is ever changed or deleted."""
        return self.root / "inbox"

    @property
    def templates(self) -> Path:
        """Empty forms to fill in."""
        return self.root / "templates"

    @property
    def store(self) -> Path:
        """The one file of the store."""
        return self.root / "affil.duckdb"

    @property
    def reports(self) -> Path:
        """One folder a run, and the text file `latest`."""
        return self.root / "reports"

    @property
    def letters(self) -> Path:
        """One folder for each time letters were written; need not exist."""
        return self.root / "letters"

    @property
    def exports(self) -> Path:
        """One folder for each time data were exported for other programs; need not exist."""
        return self.root / "exports"

    @property
    def rules(self) -> Path:
        """The workspace's own rules; need not exist."""
        return self.root / "rules"

    @property
    def settings_file(self) -> Path:
        """`affil.toml`."""
        return self.root / FILE_NAME

    def settings(self) -> Settings:
        """The settings as they stand in the file now; raises `SettingsError`."""
        settings = load_settings(self.root)
        if settings.headings:
            from affil.ingest.vocabulary.own_headings import check_headings  # the vocabulary takes its time to read

            check_headings(settings.headings, self.settings_file, Words(settings.language))
        return settings

    def runs(self) -> list[str]:
        """Names of all finished runs, oldest first."""
        if not self.reports.is_dir():
            return []
        return sorted(each.name for each in self.reports.iterdir() if _RUN_NAME.fullmatch(each.name) and each.is_dir())

    def latest_run(self) -> Path | None:
        """The folder of the newest finished run; None where there is none. A `latest` that names no run is passed over, and so is
        a run past its term, of which only the manifest was left.
        """
        runs = [name for name in self.runs() if not _is_emptied(self.reports / name)]
        try:
            named = (self.reports / "latest").read_text(encoding="utf-8-sig").strip()
        except (OSError, UnicodeDecodeError):
            named = ""
        name = named if named in runs else next(reversed(runs), None)
        return None if name is None else self.reports / name

    def run_folder(self, name_or_hash: str) -> Path:
        """The folder of a run by its name, by its hash (`R-…` or its first 8 signs or more), or `latest`; of several the newest.

        Raises `UsageError` where there is none.
        """
        words, runs = Words(self.lang), self.runs()
        if not runs:
            raise UsageError(words("workspace.no_runs", folder=self.root))
        latest = self.latest_run()
        if name_or_hash == "latest" and latest is not None:
            return latest
        sought = _RUN_HASH.fullmatch(name_or_hash.casefold().replace("r-", "R-"))
        if not sought and not _RUN_NAME.fullmatch(name_or_hash):
            raise UsageError(words("workspace.bad_run_name", run=name_or_hash))
        fitting = [name for name in runs if name == name_or_hash or (sought and _hash_of(name) == sought[1][:HASH_SIGNS])]
        if not fitting:
            raise UsageError(words("workspace.no_such_run", run=name_or_hash, known=", ".join(runs[-5:])))
        return self.reports / fitting[-1]


def _is_emptied(folder: Path) -> bool:
    return [each.name for each in folder.iterdir()] == ["manifest.json"]


def _hash_of(run_name: str) -> str:
    return run_name.split("_")[2][:HASH_SIGNS]


def init_workspace(folder: Path, lang: str = "ru") -> Workspace:
    """Make the layout of CONTRACT 1 in `folder`, which may exist; `affil.toml` comes last, so a failed try can be repeated.

    Raises `UsageError` where a workspace or a file is already there, `SettingsError` where the folder cannot be written.
    """
    words = Words(lang)
    workspace = Workspace(folder.absolute(), lang)
    try:
        if workspace.settings_file.exists():
            raise UsageError(words("workspace.exists", folder=folder))
        if folder.exists() and not folder.is_dir():
            raise UsageError(words("workspace.not_a_folder", folder=folder))
        _make_folders(workspace)
        _write_templates(workspace.templates, lang)
        _write_launchers(workspace.root, words)
        _write_private(workspace.settings_file, default_toml(lang))
    except FileExistsError:
        raise UsageError(words("workspace.exists", folder=folder)) from None
    except OSError as error:
        raise SettingsError(words("workspace.cannot_write", folder=folder, cause=error.strerror or error)) from error
    return workspace


def open_workspace(folder: Path, lang: str = "ru") -> Workspace:
    """The workspace in `folder`; raises `SettingsError` saying what to do where there is none. `lang` is for its messages."""
    workspace = Workspace(folder.absolute(), lang)
    if not workspace.settings_file.is_file():
        raise SettingsError(Words(lang)("workspace.missing", folder=folder))
    return workspace


def _make_folders(workspace: Workspace) -> None:
    for folder in (workspace.root, workspace.inbox, workspace.templates, workspace.reports):
        if not folder.is_dir():
            folder.mkdir(parents=True)
            folder.chmod(FOLDER_MODE)  # mkdir's own mode is cut by the umask and not applied to parents


def _write_templates(folder: Path, lang: str) -> None:
    from affil.ingest.tables.blanks.request_form import write_request_form
    from affil.ingest.tables.blanks.templates import write_templates  # a workbook writer: only a new workspace needs it

    write_templates(folder, lang)
    write_request_form(folder, lang)
    for file in sorted(folder.iterdir()):
        if file.is_file():
            file.chmod(FILE_MODE)


def _write_launchers(folder: Path, words: Words) -> None:
    """The .cmd files of the menu; one that is there stays, a try that failed may have left it."""
    for name, content in launchers(words).items():
        if not (folder / name).exists():
            (folder / name).write_bytes(content)
            (folder / name).chmod(FILE_MODE)


def _write_private(file: Path, text: str) -> None:
    """Write a file that must not exist yet, readable by its owner only from the first byte."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
        stream.write(text)
