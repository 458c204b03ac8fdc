"""Memory of `affil load` from 1 to 100 files; time a file of 5,000, in a folder and in a zip (`-m benchmarks.ingest.memory`)."""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from benchmarks import measure

FLAT = 1.25  # the peak of 100 files may be so much of that of one
MANY = 5_000
_RECORD = (
    "<СвЮЛ ДатаВып='2025-01-01' ОГРН='{ogrn}' ИНН='{inn}'><СвНаимЮЛ НаимЮЛПолн='ООО \"Опыт {number}\"'/>"
    "<СвУчредит><УчрФЛ><СвФЛ Фамилия='ОПЫТОВ' Имя='ИВАН' Отчество='ИЛЬИЧ' ИННФЛ='420000000100'/>"
    "<ДоляУстКап НоминСтоим='10000'><РазмерДоли><Процент>100</Процент></РазмерДоли></ДоляУстКап></УчрФЛ></СвУчредит></СвЮЛ>"
)


def registry_file(path: Path, seed: int, records: int) -> None:
    """An invented ЕГРЮЛ file."""
    chance = random.Random(seed)
    body = "".join(
        _RECORD.format(ogrn=1_000_000_000_000 + chance.randrange(10**11), inn="4200000012", number=number)
        for number in range(records)
    )
    path.write_text(f"<?xml version='1.0' encoding='windows-1251'?><EGRUL>{body}</EGRUL>", encoding="cp1251")


def contract_file(path: Path, seed: int, records: int) -> None:
    """An invented list of contracts as CSV."""
    lines = [f"{seed}-{number};01.02.2025;ООО «Опыт {number}»;{number},50;Предмет {number}" for number in range(records)]
    path.write_text("\n".join(["Реестровый номер контракта;Дата заключения;Поставщик;Цена;Предмет", *lines]), encoding="utf-8")


def workbook_file(path: Path, seed: int, records: int) -> None:
    """The same as a workbook."""
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Контракты")
        sheet.write_row(0, 0, ["Реестровый номер контракта", "Дата заключения", "Поставщик", "Цена", "Предмет"])
        for number in range(records):
            sheet.write_row(
                number + 1, 0, [f"{seed}-{number}", "01.02.2025", f"ООО «Опыт {number}»", number + 0.5, f"Предмет {number}"]
            )


KINDS: dict[str, tuple[str, Callable[[Path, int, int], None], int]] = {
    "egrul": ("xml", registry_file, 1_500), "csv": ("csv", contract_file, 10_000), "xlsx": ("xlsx", workbook_file, 10_000),
}  # fmt: skip


def loaded(folder: Path, kind: str, files: int, records: int, packed: bool = False) -> measure.Ran:
    """One `affil load` of so many files in a fresh workspace."""
    ending, write, _ = KINDS[kind]
    space = folder / f"{kind}-{files}{'-zip' if packed else ''}"
    (folder / "empty").mkdir(exist_ok=True)
    measure.workspace(space, folder / "empty")
    for number in range(files):
        place = space / "inbox" / f"{number // 500}"
        place.mkdir(exist_ok=True)
        write(place / f"{number}.{ending}", number, records)
    if packed:
        _pack(space / "inbox")
    ran = measure.run([*measure.product(), "load", "-w", str(space)], folder / space.name)
    if ran.code:
        raise SystemExit(f"affil load ended with {ran.code}:\n{ran.errors[-3000:]}")
    return ran


def _pack(inbox: Path) -> None:
    found = sorted(path for path in inbox.rglob("*") if path.is_file())
    with zipfile.ZipFile(inbox / "all.zip", "w", zipfile.ZIP_DEFLATED) as target:
        for path in found:
            target.write(path, path.relative_to(inbox).as_posix())
            path.unlink()


def flat(folder: Path, kind: str, most: int) -> tuple[float, float]:
    """Peak memory in MB of a load of one file and of `most` files."""
    records = KINDS[kind][2]
    return loaded(folder, kind, 1, records).megabytes, loaded(folder, kind, most, records).megabytes


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=100)
    parser.add_argument("--many", type=int, default=MANY)
    asked = parser.parse_args()
    failed = False
    with tempfile.TemporaryDirectory() as name:
        for kind in KINDS:
            one, many = flat(Path(name), kind, asked.files)
            failed |= many > FLAT * one
            print(f"{kind}: 1 file {one:.0f} MB, {asked.files} files {many:.0f} MB, ratio {many / one:.2f} (at most {FLAT})")
        for packed in (False, True):
            ran = loaded(Path(name), "egrul", asked.many, 1, packed)
            each, where = 1000 * ran.seconds / asked.many, "zip" if packed else "folder"
            print(
                f"{asked.many} files of one extract, {where}: {ran.seconds:.1f} s, {each:.2f} ms a file, {ran.megabytes:.0f} MB"
            )
    sys.exit(failed)


if __name__ == "__main__":
    main()
