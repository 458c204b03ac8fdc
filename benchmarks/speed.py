"""How fast, how large: `python -m benchmarks.speed` times a cold screen, and the help against a bare typer app."""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from benchmarks import measure
from benchmarks.district import generate

SECONDS, MEGABYTES, HELP_RATIO = 6.0, 400.0, 1.8
BARE_COMMAND = '''
@app.command("{name}")
def command_{number}(workspace: Path = typer.Option(Path("."), "--workspace", "-w", help="{text}")) -> None:
    """{text}"""
'''


def screen(folder: Path, officials: int, seed: int, times: int) -> list[measure.Ran]:
    """A whole `affil screen`, each time in a fresh process on a fresh store."""
    generate(folder / "district", officials, seed)
    runs = []
    for number in range(times):
        space = folder / f"space{number}"
        measure.workspace(space, folder / "district" / "inbox")
        ran = measure.run([*measure.product(), "screen", "-w", str(space)], folder / f"screen{number}")
        if ran.code not in (0, 3):
            raise SystemExit(f"affil screen ended with {ran.code}:\n{ran.errors[-3000:]}")
        runs.append(ran)
    return runs


def command_texts() -> list[tuple[str, str]]:
    """Names and help lines of the product's commands, asked of the product in a process of its own."""
    code = (
        "import typer, typer.main, affil.cli as cli\n"
        "app = next(v for v in [getattr(cli, 'app', None), *vars(cli).values()] if isinstance(v, typer.Typer))\n"
        "for name, c in typer.main.get_command(app).commands.items(): print(name + '\\t' + ' '.join((c.help or '').split()))"
    )
    asked = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    listed = [line.partition("\t") for line in asked.stdout.splitlines() if line]
    return [(name, re.sub(r'["\\]', "", text)) for name, _, text in listed]


def bare_app(folder: Path, options: str) -> Path:
    """A typer app of as many commands with the same help lines, and nothing behind them; `options` are those of the app."""
    path = folder / f"bare{len(options)}.py"
    commands = [BARE_COMMAND.format(number=number, name=name, text=text) for number, (name, text) in enumerate(command_texts())]
    head = f"from pathlib import Path\n\nimport typer\n\napp = typer.Typer({options})\n"
    path.write_text(head + "".join(commands) + '\nif __name__ == "__main__":\n    app()\n', encoding="utf-8")
    return path


def help_times(folder: Path, times: int) -> tuple[dict[str, float], int]:
    """Median seconds of the product's help and of two bare apps (with and without rich), in turn; number of commands."""
    apps = {"bare": bare_app(folder, ""), "plain": bare_app(folder, "rich_markup_mode=None")}
    calls = {
        "affil": [*measure.product(), "--help"],
        **{name: [sys.executable, str(path), "--help"] for name, path in apps.items()},
    }
    seconds: dict[str, list[float]] = {name: [] for name in calls}
    for number in range(times + 1):
        for name, call in calls.items():
            ran = measure.run(call, folder / f"help_{name}")
            if ran.code:
                raise SystemExit(f"{name} --help ended with {ran.code}:\n{ran.errors}")
            if number:  # the first round fills the disk cache and the compiled files
                seconds[name].append(ran.seconds)
    return {name: median(each) for name, each in seconds.items()}, len(command_texts())


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--officials", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--times", type=int, default=3, help="cold screens")
    parser.add_argument("--help-times", type=int, default=9, help="pairs of help calls, at least 7")
    parser.add_argument("--only", choices=["screen", "help"])
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        if given.only != "help":
            runs = screen(folder, given.officials, given.seed, given.times)
            seconds, size = median(one.seconds for one in runs), max(one.megabytes for one in runs)
            each = [round(one.seconds, 2) for one in runs]
            print(f"affil screen, {given.officials} officials, cold: median {seconds:.2f} s of {each}, "
                  f"target {SECONDS:g} s: {'met' if seconds <= SECONDS else 'MISSED'}")  # fmt: skip
            print(f"peak memory {size:.0f} MB, target {MEGABYTES:g} MB: {'met' if size <= MEGABYTES else 'MISSED'}")
        if given.only != "screen":
            medians, commands = help_times(folder, max(7, given.help_times))
            for name, told in (("bare", "as typer is"), ("plain", "without rich")):
                ratio = medians["affil"] / medians[name]
                print(f"affil --help {medians['affil'] * 1000:.0f} ms, bare typer app of {commands} commands, {told}, "
                      f"{medians[name] * 1000:.0f} ms: ratio {ratio:.2f}, target {HELP_RATIO}: "
                      f"{'met' if ratio <= HELP_RATIO else 'MISSED'}")  # fmt: skip


if __name__ == "__main__":
    main()
