"""The six `.cmd` files of a workspace: what a double click on Windows does, without a terminal and without a programmer."""

from __future__ import annotations

from affil.words import Words

PROGRAM = r"%USERPROFILE%\affil-program\Scripts\python.exe"  # where windows/install.cmd puts it

# ASCII only, for cmd.exe reads a file in the code page of the moment; file names and what the program says are Russian.
# `pushd` gives a network folder a letter, which `cd` cannot; a path in quotation marks may have spaces, brackets and Cyrillic.
# Screen and pipes have the same code page: 65001.
LAUNCHER = r"""@echo off
setlocal
chcp 65001 >nul
set "PYTHONUTF8=1"
set "CODE=1"
pushd "%~dp0"
if not "%errorlevel%"=="0" goto end
if exist "@PROGRAM@" goto installed
where affil >nul 2>nul
if not "%errorlevel%"=="0" goto missing
call affil menu @NUMBER@
set "CODE=%errorlevel%"
goto end
:installed
"@PROGRAM@" -m affil menu @NUMBER@
set "CODE=%errorlevel%"
goto end
:missing
echo @MISSING@
:end
popd
pause
exit /b %CODE%
"""


def launchers(words: Words) -> dict[str, bytes]:
    """Content of each file by its name, in the order of the menu; lines end as cmd.exe needs them."""
    filled = LAUNCHER.replace("@PROGRAM@", PROGRAM).replace("@MISSING@", _plain(words("menu.not_installed")))
    lines = filled.replace("\n", "\r\n")
    names = words.raw("menu.files")
    return {name: lines.replace("@NUMBER@", str(number)).encode("ascii") for number, name in enumerate(names, start=1)}


def _plain(text: str) -> str:
    """The text without what `echo` would take for a command."""
    return "".join(f"^{sign}" if sign in "()<>&|^" else sign for sign in text)
