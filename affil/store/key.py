"""The key of an encrypted store: from the environment, a file or the keyring; never from the command line, never kept by us."""

from __future__ import annotations

import hashlib
import importlib
import os
import re
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from affil.errors import SettingsError
from affil.settings import Settings
from affil.words import Words

ENVIRONMENT, FILE_IN_ENVIRONMENT = "AFFIL_KEY", "AFFIL_KEY_FILE"
SERVICE = "affil"  # under which a keyring has it; the name there is the path of the workspace
BITS = 256
MOST_BYTES = 4096
_RANDOM = re.compile(rf"[0-9a-f]{{{BITS // 4}}}")


@dataclass(frozen=True, slots=True)
class Key:
    """A key and where it was found, told in error messages; the key itself is in none, and in no `repr`."""

    text: str = field(repr=False)
    source: str

    def for_duckdb(self) -> str:
        """64 hex digits: DuckDB takes a key for the text of a BLOB, refuses every letter beyond ASCII and quotes it in its error.

        A random key of ours is taken as it is, so that DuckDB by itself opens the store too; from any other it is worked out
        slowly, for DuckDB's own way is quick to guess by.
        """
        if _RANDOM.fullmatch(self.text):
            return self.text
        return hashlib.scrypt(self.text.encode(), salt=SERVICE.encode(), n=1 << 14, r=8, p=1, dklen=BITS // 8).hex()


def key_of(settings: Settings, root: Path, words: Words, environment: Mapping[str, str] = os.environ) -> Key | None:
    """The key of the workspace at `root`, None where none is set: AFFIL_KEY, AFFIL_KEY_FILE, `[store] key_file`, `[store] keyring`.

    The first that is set is taken. Raises `SettingsError` where it is set and there is no key: a store would be made plain by
    mistake.
    """
    if ENVIRONMENT in environment:
        return _whole(environment[ENVIRONMENT], words("store.key.of_environment", name=ENVIRONMENT), words)
    if FILE_IN_ENVIRONMENT in environment:
        return key_in_file(Path(environment[FILE_IN_ENVIRONMENT]), words)
    if settings.store.key_file:
        return key_in_file(root / Path(settings.store.key_file).expanduser(), words)
    return key_in_keyring(root, words) if settings.store.keyring else None


def key_in_file(file: Path, words: Words) -> Key:
    """The one line of a key file; `SettingsError` where it cannot be read or is no key."""
    try:
        with file.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise SettingsError(words("store.key.no_file", file=file, cause=error.strerror or error)) from None
    source = words("store.key.of_file", file=file)
    if len(content) > MOST_BYTES:
        raise SettingsError(words("store.key.no_key", source=source))
    try:
        return _whole(content.decode("utf-8-sig"), source, words)
    except UnicodeDecodeError:
        raise SettingsError(words("store.key.no_key", source=source)) from None


def key_in_keyring(root: Path, words: Words) -> Key:
    """The key the system's keyring has for this workspace; `SettingsError` where there is none, or no keyring."""
    found = _asked_of_keyring(root, words)
    if found is None:
        raise SettingsError(words("store.key.not_in_keyring", name=root, service=SERVICE))
    return _whole(found, words("store.key.of_keyring"), words)


def put_into_keyring(root: Path, words: Words) -> bool:
    """A new random key into the system's keyring; False where one is there for this workspace, which is left alone."""
    if _asked_of_keyring(root, words) is not None:
        return False
    _with_keyring("set_password", words, str(root), fresh_key())
    return True


def _asked_of_keyring(root: Path, words: Words) -> str | None:
    found = _with_keyring("get_password", words, str(root))
    return None if found is None else str(found)


def _with_keyring(verb: str, words: Words, *given: str) -> object:
    try:
        keyring = importlib.import_module("keyring")  # an optional extra: affil[keyring]
    except ImportError:
        raise SettingsError(words("store.key.no_keyring")) from None
    try:
        return getattr(keyring, verb)(SERVICE, *given)
    except Exception as error:  # each keyring has errors of its own, and none need be free of what it was given
        raise SettingsError(words("store.key.keyring_failed", cause=type(error).__name__)) from None


def fresh_key() -> str:
    """A new random key, 64 hex digits."""
    return secrets.token_hex(BITS // 8)


def _whole(text: str, source: str, words: Words) -> Key:
    """One line, the same however it was typed: an editor adds line ends and spaces, systems write «й» in two ways."""
    text = unicodedata.normalize("NFC", text.strip())
    if not text or not text.isprintable():
        raise SettingsError(words("store.key.no_key", source=source))
    return Key(text, source)
