@echo off
rem Installs affil from this folder, without a network. Needs Python from the Microsoft Store (or python.org).
rem Nothing is written outside the folder affil-program of the user; to remove the program, delete that folder.
setlocal
chcp 65001 >nul
set "PYTHONUTF8=1"
set "PIP_CONFIG_FILE=nul"
set "PIP_NO_INDEX=1"
set "TARGET=%USERPROFILE%\affil-program"
set "PYTHON="
pushd "%~dp0"
if not "%errorlevel%"=="0" goto failed
for %%P in (@TRIED@) do call :try %%P
if not defined PYTHON goto no_python
type "texts\begin.txt"
%PYTHON% -m venv --clear "%TARGET%"
if not "%errorlevel%"=="0" goto failed
"%TARGET%\Scripts\python.exe" -m pip install --quiet --disable-pip-version-check --no-index --find-links wheels --require-hashes -r requirements.txt
if not "%errorlevel%"=="0" goto failed
"%TARGET%\Scripts\python.exe" -m affil --help >nul
if not "%errorlevel%"=="0" goto failed
type "texts\done.txt"
popd
"%TARGET%\Scripts\python.exe" -m affil menu -w "%USERPROFILE%"
pause
exit /b 0

:no_python
type "texts\no_python.txt"
popd
pause
exit /b 1

:failed
type "texts\failed.txt"
popd
pause
exit /b 1

:try
if defined PYTHON exit /b 0
%~1 -c "import sys; sys.exit(sys.version_info[:2] not in [(3, n) for n in (@MINORS@,)] or sys.maxsize < 2**32)" >nul 2>nul
if "%errorlevel%"=="0" set "PYTHON=%~1"
exit /b 0
