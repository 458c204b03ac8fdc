"""The key of an encrypted store: from the environment, a file or the keyring; never from the command line, never kept by us."""

from __future__ import annotations

import os
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


@dataclass(frozen=True, slots=True)
class Key:
    """A key and where it was found, told in error messages; the key itself is in none, and in no `repr`."""

    text: str = field(repr=False)
    source: str


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
    try:
        import keyring  # an optional extra: affil[keyring]
    except ImportError:
        raise SettingsError(words("store.key.no_keyring")) from None
    try:
        found = keyring.get_password(SERVICE, str(root))
    except Exception as error:  # each keyring has errors of its own
        raise SettingsError(words("store.key.keyring_failed", cause=type(error).__name__)) from None
    if found is None:
        raise SettingsError(words("store.key.not_in_keyring", name=root, service=SERVICE))
    return _whole(found, words("store.key.of_keyring"), words)


def fresh_key() -> str:
    """A new random key, 64 hex digits."""
    return secrets.token_hex(BITS // 8)


def _whole(text: str, source: str, words: Words) -> Key:
    """One line, the same however it was typed: an editor adds line ends and spaces, systems write «й» in two ways."""
    text = unicodedata.normalize("NFC", text.strip())
    if not text or not text.isprintable():
        raise SettingsError(words("store.key.no_key", source=source))
    return Key(text, source)
