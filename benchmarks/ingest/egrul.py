"""`python -m benchmarks.ingest.egrul`: a registry file into a store, in turn with a bare lxml `iterparse` over it.

Both run in a process of their own and time themselves from the first byte to the last (the store closed). The machine may be
busy: the ratio is of the best of several.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.ingest.registry_file import write

RATIO, MEGABYTES = 1.5, 500.0
REGISTRY = 3_300_000  # companies in force in ЕГРЮЛ

BARE = """
import json, resource, sys, time
from lxml import etree
started, number = time.perf_counter(), 0
for _, element in etree.iterparse(sys.argv[1], events=("end",), tag="СвЮЛ"):
    number += 1
    element.clear()
seconds = time.perf_counter() - started
print(json.dumps({"seconds": seconds, "records": number, "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
"""
LOAD = """
import datetime, json, resource, sys, time
from pathlib import Path
from affil.ingest.inputs import InputFile
from affil.store.load import load_files
from affil.store.store import Store
path, place = Path(sys.argv[1]), Path(sys.argv[2])
place.unlink(missing_ok=True)
store = Store.open(place)
started = time.perf_counter()
(done,) = load_files(store, [InputFile("inbox/egrul.xml", path=path)], datetime.datetime(2026, 1, 1), lambda one: None)
store.close()
seconds = time.perf_counter() - started
memory = sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
print(json.dumps({"seconds": seconds, "records": done.taken["organisations"], "memory": memory, "store": place.stat().st_size}))
"""


def run(code: str, *arguments: Path) -> dict[str, Any]:
    """What the code prints, run by a fresh Python."""
    ran = subprocess.run([sys.executable, "-c", code, *map(str, arguments)], capture_output=True, text=True, check=True)
    told: dict[str, Any] = json.loads(ran.stdout)
    return told


def measure(folder: Path, companies: int, times: int) -> tuple[float, dict[str, Any]]:
    """The ratio for a file of so many companies, and the best load; tells both."""
    path = folder / f"egrul{companies}.xml"
    write(path, companies)
    runs = [(run(BARE, path), run(LOAD, path, folder / "store.duckdb")) for _ in range(times)]
    bare, load = (min(several, key=lambda each: each["seconds"]) for several in zip(*runs, strict=True))
    size, ratio = path.stat().st_size, load["seconds"] / bare["seconds"]
    path.unlink()
    if load["records"] != companies or bare["records"] != companies:
        raise SystemExit(f"{companies} companies written, {load['records']} loaded, {bare['records']} parsed")
    for name, each in (("bare iterparse", bare), ("affil load", load)):
        speed = f"{companies / each['seconds']:.0f} records/s, {size / 1e6 / each['seconds']:.0f} MB/s"
        print(
            f"{companies} companies, {size / 1e6:.0f} MB, {name}: {each['seconds']:.2f} s, {speed}, peak {each['memory']:.0f} MB"
        )
    print(f"ratio {ratio:.2f}, target {RATIO}: {'met' if ratio <= RATIO else 'MISSED'}")
    met = "met" if load["memory"] <= MEGABYTES else "MISSED"
    print(f"memory {load['memory']:.0f} MB with helpers, target {MEGABYTES:.0f} MB: {met}")
    return ratio, {**load, "bytes": size}


def on_paper(companies: int, load: dict[str, Any]) -> str:
    """What the whole register would take, from what this file took."""
    times = REGISTRY / companies
    return (
        f"ЕГРЮЛ of {REGISTRY / 1e6:.1f} million companies: {load['bytes'] * times / 1e9:.0f} GB of XML, "
        f"{load['seconds'] * times / 60:.0f} minutes, a store of {load['store'] * times / 1e9:.1f} GB"
    )


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--companies", type=int, default=3_000, help="of the small file; the large one has ten times as many")
    parser.add_argument("--times", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        measure(Path(scratch), given.companies, given.times)
        _, load = measure(Path(scratch), given.companies * 10, max(1, given.times // 2))
        print(on_paper(given.companies * 10, load))


if __name__ == "__main__":
    main()
