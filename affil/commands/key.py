"""`affil key new`, `set`, `change`, `remove`: the store encrypted, under another key, or made plain again."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from affil.commands.act import ACT
from affil.commands.common import Debug, Folder, H, Json, Lang, opened, print_json, tell, wrong

if TYPE_CHECKING:
    from affil.store.key import Key
    from affil.words import Words
    from affil.workspace import Workspace

LEAST_SIGNS = 20  # DuckDB makes guessing a key cheap: a short one is no protection

key_app = typer.Typer(help=H("store.cli.help"), no_args_is_help=True, rich_markup_mode=None)

KeyFile = Annotated[Path, typer.Argument(help=H("store.cli.file"))]


@key_app.command("new", help=H("store.cli.new.help"))
def key_new(
    file: Annotated[Path | None, typer.Argument(help=H("store.cli.new.file"))] = None,
    keyring: Annotated[bool, typer.Option("--keyring", help=H("store.cli.new.keyring"))] = False,
    workspace: Folder = Path(), as_json: Json = False, lang: Lang = None, debug: Debug = False,
) -> None:  # fmt: skip
    """A new random key into a file or into the keyring; it is shown to nobody."""
    place, _, words = opened(workspace, lang)
    if (file is None) != keyring:
        wrong(words("store.cli.new.one_of"))
    where = _into_keyring(place, words) if file is None else _into_file(file, place, words)
    ACT.leave("key new")
    if as_json:
        print_json({"key": where})
    else:
        tell(words("store.cli.new.done_keyring" if file is None else "store.cli.new.done", file=where))


@key_app.command("set", help=H("store.cli.set.help"))
def key_set(workspace: Folder = Path(), as_json: Json = False, lang: Lang = None, debug: Debug = False) -> None:
    """Encrypt a plain store with the key that is set."""
    from affil.store.key import key_of

    place, settings, words = opened(workspace, lang)
    key = key_of(settings, place.root, words)
    if key is None:
        wrong(words("store.cli.none"))
    _must_be_good(key, words)
    if place.store.exists():
        if _is_encrypted(place):
            _opens(place, key, words)  # where an earlier try was cut short the plain file may still lie there
            wrong(words("store.cli.set.already", path=place.store))
        _rewritten(place, None, key, "key set", words)
    _done(place, "set", encrypted=True, as_json=as_json, words=words)


@key_app.command("change", help=H("store.cli.change.help"))
def key_change(file: KeyFile, workspace: Folder = Path(), as_json: Json = False, lang: Lang = None, debug: Debug = False) -> None:
    """Encrypt the store anew with the key of a file, which is made where it does not exist."""
    from affil.store.key import key_in_file, key_of

    place, settings, words = opened(workspace, lang)
    old = key_of(settings, place.root, words)
    if old is None:
        wrong(words("store.cli.none"))
    if not place.store.exists():
        wrong(words("store.cli.no_store", path=place.store))
    if not file.exists() or file.stat().st_size == 0:  # empty: a try was cut short
        file.unlink(missing_ok=True)
        _into_file(file, place, words)
    key = key_in_file(file, words)
    _must_be_good(key, words)
    if key.text == old.text:
        wrong(words("store.cli.change.same", file=file))
    if not _opens(place, key, words):  # it does where an earlier try was cut short once the store was written
        _rewritten(place, old, key, "key change", words)
    _done(place, "change", encrypted=True, as_json=as_json, words=words, file=file.absolute())


@key_app.command("remove", help=H("store.cli.remove.help"))
def key_remove(
    yes: Annotated[bool, typer.Option("--yes", help=H("store.cli.remove.yes"))] = False,
    workspace: Folder = Path(), as_json: Json = False, lang: Lang = None, debug: Debug = False,
) -> None:  # fmt: skip
    """Make an encrypted store plain."""
    from affil.store.key import key_of

    place, settings, words = opened(workspace, lang)
    key = key_of(settings, place.root, words)
    if key is None:
        wrong(words("store.cli.none"))
    if not place.store.exists():
        wrong(words("store.cli.no_store", path=place.store))
    if not yes:
        wrong(words("store.cli.remove.not_asked"))
    _rewritten(place, key, None, "key remove", words)
    _done(place, "remove", encrypted=False, as_json=as_json, words=words)


def _rewritten(place: Workspace, old: Key | None, new: Key | None, command: str, words: Words) -> None:
    from affil.commands.session import held_error
    from affil.store.connect import StoreHeldError
    from affil.store.encrypt import rewrite
    from affil.store.holder import held
    from affil.store.store import Store

    try:  # before it is told that this command has the store: whose it is now would be forgotten
        Store.open(place.store, words.lang, old, tell).close()
    except StoreHeldError as error:
        raise held_error(place, error, words) from error
    with held(place.store, command):
        rewrite(place.store, old, new, words)


def _opens(place: Workspace, key: Key, words: Words) -> bool:
    """True where the store opens with this key; what an earlier try left beside it is taken away then."""
    from affil.errors import StoreError
    from affil.store.encrypt import tidy
    from affil.store.store import Store

    try:
        with Store.open(place.store, words.lang, key):
            tidy(place.store)
    except StoreError:
        return False
    return True


def _is_encrypted(place: Workspace) -> bool:
    from affil.store.connect import is_encrypted

    return is_encrypted(place.store)


def _done(place: Workspace, what: str, encrypted: bool, as_json: bool, words: Words, **told: object) -> None:
    from affil.store.encrypt import backups_of

    ACT.leave(f"key {what}")  # the settings may still name the key it had
    backups = [file.name for file in backups_of(place.store)]
    if as_json:
        print_json({"store": str(place.store), "encrypted": encrypted, "backups": backups})
        return
    tell(words(f"store.cli.{what}.done", path=place.store, **told))
    if backups and encrypted:
        tell(words("store.cli.backups", files=", ".join(backups)))


def _must_be_good(key: Key, words: Words) -> None:
    if len(key.text) < LEAST_SIGNS:
        wrong(words("store.cli.short", source=key.source, least=LEAST_SIGNS))


def _into_file(file: Path, place: Workspace, words: Words) -> str:
    from affil.errors import SettingsError
    from affil.reports.folder import write_private
    from affil.store.key import fresh_key

    target = file.absolute()
    if target.resolve().is_relative_to(place.root.resolve()):
        wrong(words("store.cli.beside", file=file))
    try:
        write_private(target, f"{fresh_key()}{os.linesep}".encode())
    except FileExistsError:
        wrong(words("store.cli.new.exists", file=file))
    except OSError as error:
        raise SettingsError(words("store.cli.new.cannot", file=file, cause=error.strerror or error)) from None
    return str(target)


def _into_keyring(place: Workspace, words: Words) -> str:
    from affil.store.key import put_into_keyring

    if not put_into_keyring(place.root, words):
        wrong(words("store.cli.new.exists_keyring"))
    return str(place.root)
