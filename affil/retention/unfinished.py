"""A destruction under way: a note of it in the store, so that whoever opens the store next finishes it or calls it off.

An act exists exactly where data were destroyed, whenever the program is killed. The steps, in this order, and why:

1. The plan is made; nothing is written. Killed here: nothing happened.
2. `begin`: a note goes into the store: where the papers are to be and what they are called. It comes before the papers, so that a
   draft never lies anywhere unknown. Killed after it: the rows are all there, so the next command calls the destruction off,
   deletes the drafts, whole or not, by their very names, and says that nothing was destroyed.
3. The drafts of the act and of the extract are written, whole and on the disk, outside the workspace. They come before the rows
   go, for afterwards nobody knows whom to name in them.
4. One transaction: rows, numbers and log contents go, digests come, links are set anew, the log tells of the command, the note
   says that the rows are gone and what is still to be deleted, the file is marked for rewriting. This is the one point of no
   return: before it nothing is destroyed and after it all will be.
5. Folders of runs are emptied, letters and copies of the store deleted. After the rows, for what is deleted cannot be called
   off. The note lists them, so a kill in between loses none: folders of runs by name, other files, which may be called after a
   person, by salted digests of their paths. What cannot be deleted now (open in Word) stays in the note, and the act a draft.
6. The list is taken from the note, the store closed and its file written anew (affil/store/rewrite.py), so that neither the rows
   nor the digests stand in its bytes. Where another command holds it or the disk is full the mark stays, the next one does it.
7. `publish`: the drafts take their names, for only now is what the act says true; then the note goes. Killed between the two: the
   papers have their names already, and only the note is deleted.

The note has no name of a person: a folder of the papers that is called after one is refused before step 2.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import secrets
from collections.abc import Collection
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from affil.retention.copies import deletable
from affil.retention.purge import empty_run
from affil.store.kept_renames import keep_renames
from affil.store.store import Store

DRAFT = ".part"
KEY = "purge_note "
DONE, NO_FOLDER, NO_DRAFT = "done", "no_folder", "no_draft"


@dataclass(frozen=True, slots=True)
class Note:
    """A destruction that is not finished. `folder`: of the papers, empty: the usual one beside the workspace; `papers`: their
    names without `DRAFT`; `is_gone`: the rows are; `runs` are still to be emptied, `files` (salted digests of paths) deleted.
    """

    id: str
    begun: str
    folder: str
    papers: tuple[str, ...]
    is_gone: bool = False
    runs: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    salt: str = ""

    @property
    def on(self) -> dt.datetime:
        """When it began."""
        return dt.datetime.fromisoformat(self.begun)

    def place(self, root: Path) -> Path:
        """The folder of its papers, of the workspace at `root`."""
        return Path(self.folder) if self.folder else usual_folder(root)


def usual_folder(root: Path) -> Path:
    """Where the papers go: beside the workspace."""
    return (root.parent / f"{root.name}-purge").absolute()


def begin(store: Store, now: dt.datetime, folder: str, papers: Collection[str]) -> Note:
    """Step 2: a new note."""
    note = Note(secrets.token_hex(8), now.isoformat(), folder, tuple(papers))
    with store.transaction():
        _write(store, note)
    return note


def rows_gone(store: Store, note: Note, runs: Collection[str], files: Collection[str]) -> Note:
    """Step 4: from now on it is to be finished. `files` are paths below the workspace; the transaction is the caller's."""
    salt = secrets.token_hex(16)
    fresh = replace(note, is_gone=True, runs=tuple(runs), salt=salt, files=tuple(sorted(_digest(salt, one) for one in files)))
    _write(store, fresh)
    return fresh


def notes_of(store: Store) -> list[Note]:
    """All that are not finished, the oldest first."""
    rows = store.sql("SELECT value FROM meta WHERE starts_with(key, ?)", [KEY]).fetchall()
    notes = [Note(**json.loads(text)) for (text,) in rows]
    whole = [replace(one, papers=tuple(one.papers), runs=tuple(one.runs), files=tuple(one.files)) for one in notes]
    return sorted(whole, key=lambda note: (note.begun, note.id))


def call_off(store: Store, note: Note, root: Path) -> bool:
    """Delete the drafts and the note, where the rows are all there; False where they are gone, or the folder is out of reach.

    `OSError` where a draft cannot be deleted.
    """
    now = next((one for one in notes_of(store) if one.id == note.id), None)
    if now is None or now.is_gone:
        return False
    if not now.place(root).is_dir():
        if now.place(root).parent.is_dir():  # it was never made
            _forget(store, now)
            return True
        return False
    for name in now.papers:
        (now.place(root) / f"{name}{DRAFT}").unlink(missing_ok=True)
    _forget(store, now)
    return True


def delete_files(store: Store, note: Note, root: Path, store_file: Path) -> list[tuple[str, str]]:
    """Step 5 and the beginning of 6, as often as need be: (path, cause) of what could not be deleted and stays in the note."""
    failed, runs, files = list[tuple[str, str]](), list[str](), list[str]()
    for name in note.runs:
        try:
            with suppress(FileNotFoundError):
                empty_run(root / "reports" / name)
        except OSError as error:
            failed.append((f"reports/{name}", error.strerror or str(error)))
            runs.append(name)
    wanted = set(note.files)
    for name in deletable(root, store_file) if wanted else ():
        if (digest := _digest(note.salt, name)) in wanted:
            try:
                (root / name).unlink(missing_ok=True)
            except OSError as error:
                failed.append((name, error.strerror or str(error)))
                files.append(digest)
    fresh = replace(note, runs=tuple(runs), files=tuple(files), salt=note.salt if files else "")
    if fresh != note:
        with store.transaction():
            _write(store, fresh)
    return failed


def publish(store: Store, note: Note, root: Path) -> str | None:
    """Step 7: the drafts take their names and the note goes: `DONE`. `NO_FOLDER`, `NO_DRAFT`: they are not there, the note stays.

    None where the rows are not gone or files are still to be deleted. `OSError` where a draft cannot be renamed.
    """
    if not note.is_gone or note.runs or note.files:
        return None
    folder = note.place(root)
    if not folder.is_dir():
        return NO_FOLDER
    for name in note.papers:
        draft = folder / f"{name}{DRAFT}"
        if draft.is_file():
            draft.rename(folder / name)
        elif not (folder / name).is_file():
            return NO_DRAFT
    keep_renames(folder)
    _forget(store, note)
    return DONE


def give_up(store: Store, note: Note) -> None:
    """The papers are lost for good: no note is kept of them."""
    _forget(store, note)


def _write(store: Store, note: Note) -> None:
    store.sql("INSERT OR REPLACE INTO meta VALUES (?, ?)", [KEY + note.id, json.dumps(asdict(note), ensure_ascii=False)])


def _forget(store: Store, note: Note) -> None:
    with store.transaction():
        store.sql("DELETE FROM meta WHERE key = ?", [KEY + note.id])


def _digest(salt: str, path: str) -> str:
    return hashlib.sha256(f"{salt}\n{path}".encode()).hexdigest()
