@echo off
rem The targets of the Makefile, for Windows. `make results` in cmd, `.\make results` in PowerShell.
setlocal
cd /d "%~dp0"
set "VENV=.venv"
set "BIN=%VENV%\Scripts"
set "PYTHONUTF8=1"
set "TARGET=%~1"
if "%TARGET%"=="" set "TARGET=help"
if "%TARGET%"=="help" goto help
if "%TARGET%"=="clean" goto clean
if not exist "%BIN%\python.exe" python -m venv "%VENV%" || exit /b 2
fc /b uv.lock "%VENV%\.ready" >nul 2>&1
if errorlevel 1 (
  "%BIN%\python" -m pip install --quiet --disable-pip-version-check "uv>=0.9" || exit /b 2
  set "UV_PROJECT_ENVIRONMENT=%VENV%"
  "%BIN%\uv" sync --frozen --quiet --inexact --compile-bytecode || exit /b 2
  copy /y uv.lock "%VENV%\.ready" >nul
)
set "NAME="
set "SAMPLE="
set "MINUTES="
set "SEED="
set "BASE="
set "HEAD="
set "INBOX="
set "SHOW="
for %%A in (%*) do call :argument %%A
goto %TARGET% 2>nul || goto help

:results
"%BIN%\resultsday" run --or-sample
exit /b %errorlevel%
:query
set "PUBLISHED=data\sample-runs"
if exist data\current.txt set "PUBLISHED=data"
"%BIN%\resultsday" query --data "%PUBLISHED%"
exit /b %errorlevel%
:test
"%BIN%\python" -m pytest
exit /b %errorlevel%
:test-browser
set "BROWSER_TESTS=1"
"%BIN%\python" -m pytest tests/browser -n 0 -rs
exit /b %errorlevel%
:test-spark
set "UV_PROJECT_ENVIRONMENT=%VENV%"
"%BIN%\uv" sync --frozen --quiet --inexact --extra spark || exit /b 2
set "SPARK_TESTS=1"
"%BIN%\python" -m pytest tests/spark -n 0 -rs
exit /b %errorlevel%
:format
"%BIN%\ruff" format . && "%BIN%\ruff" check --fix .
exit /b %errorlevel%
:lint
"%BIN%\ruff" format --check . && "%BIN%\ruff" check . && "%BIN%\lint-imports" && "%BIN%\python" -m pipelines.sql_lint
exit /b %errorlevel%
:types
"%BIN%\mypy"
exit /b %errorlevel%
:check
call "%~f0" lint && call "%~f0" types && call "%~f0" test && "%BIN%\python" -m pipelines.catalogue --check && "%BIN%\python" data\sample\generate.py --check
exit /b %errorlevel%
:rule
"%BIN%\python" -m pytest tests/test_rules.py -n 0 -k "%NAME%"
exit /b %errorlevel%
:new-rule
"%BIN%\resultsday" new-rule %NAME%
exit /b %errorlevel%
:new-format
"%BIN%\resultsday" new-format %NAME% %SAMPLE%
exit /b %errorlevel%
:bench
"%BIN%\python" -m benchmarks
exit /b %errorlevel%
:mutants
"%BIN%\python" -m tests.mutants %NAME%
exit /b %errorlevel%
:coverage
if exist .coverage rmdir /s /q .coverage
mkdir .coverage
"%BIN%\python" -m coverage run -m pytest --ignore=tests/browser --deselect tests/test_rules.py -q && "%BIN%\python" -m coverage combine --quiet && "%BIN%\python" -m coverage report
exit /b %errorlevel%
:fuzz
set "ASKED="
if defined MINUTES set "ASKED=--minutes %MINUTES%"
if defined SEED set "ASKED=%ASKED% --seed %SEED%"
"%BIN%\python" -m tests.fuzz %ASKED%
exit /b %errorlevel%
:golden
set "ASKED="
if defined SHOW set "ASKED=--show"
"%BIN%\python" -m tests.golden accept %ASKED%
exit /b %errorlevel%
:compare
set "ASKED="
if defined SHOW set "ASKED=--show"
"%BIN%\python" -m tests.golden compare --base "%BASE%" --head "%HEAD%" --inbox "%INBOX%" %ASKED%
exit /b %errorlevel%
:crash
set "ASKED="
if defined PART set "ASKED=--part %PART%"
"%BIN%\python" -m tests.crash %ASKED%
exit /b %errorlevel%
:audit
"%BIN%\python" -m tests.supply audit
exit /b %errorlevel%
:test-minimum
"%BIN%\python" -m tests.supply minimum
exit /b %errorlevel%
:docs
"%BIN%\python" -m pipelines.catalogue && "%BIN%\python" data\sample\three_mondays.py --readme
exit /b %errorlevel%
:weeks
"%BIN%\python" data\sample\three_mondays.py
exit /b %errorlevel%
:sample
"%BIN%\python" data\sample\generate.py
exit /b %errorlevel%
:build
"%BIN%\uv" build --quiet
exit /b %errorlevel%

:clean
for %%D in ("%VENV%" dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage data\cache data\sample-runs) do if exist %%D rmdir /s /q %%D
exit /b 0

:argument
rem cmd splits name=CODE at the equals sign, so each word is taken with the one before it
if "%PENDING%"=="name" (set "NAME=%~1" & set "PENDING=" & exit /b 0)
if "%PENDING%"=="sample" (set "SAMPLE=%~1" & set "PENDING=" & exit /b 0)
if "%PENDING%"=="minutes" (set "MINUTES=%~1" & set "PENDING=" & exit /b 0)
if "%PENDING%"=="part" (set "PART=%~1" & set "PENDING=" & exit /b 0)
if "%PENDING%"=="seed" (set "SEED=%~1" & set "PENDING=" & exit /b 0)
if "%PENDING%"=="base" (set "BASE=%~1" & set "PENDING=" & exit /b 0)
if "%PENDING%"=="head" (set "HEAD=%~1" & set "PENDING=" & exit /b 0)
if "%PENDING%"=="inbox" (set "INBOX=%~1" & set "PENDING=" & exit /b 0)
if "%PENDING%"=="show" (set "SHOW=%~1" & set "PENDING=" & exit /b 0)
if /i "%~1"=="name" set "PENDING=name"
if /i "%~1"=="sample" set "PENDING=sample"
if /i "%~1"=="minutes" set "PENDING=minutes"
if /i "%~1"=="part" set "PENDING=part"
if /i "%~1"=="seed" set "PENDING=seed"
if /i "%~1"=="base" set "PENDING=base"
if /i "%~1"=="head" set "PENDING=head"
if /i "%~1"=="inbox" set "PENDING=inbox"
if /i "%~1"=="show" set "PENDING=show"
exit /b 0

:help
echo make results   read data/inbox (or the sample) and write the reports
echo make weeks     three Mondays of the sample: what each would change, and its run
echo make query     open a read-only SQL shell on the published run
echo make test      prove that the program works
echo make test-browser   see the pages in Chromium and on paper, where Chromium is
echo make test-spark     every file of SQL on DuckDB and on Apache Spark; needs Java 17
echo make check     all that must hold before a change lands: format, lint, types, tests, docs
echo make rule name=CODE            run one rule's cases
echo make new-rule name=CODE        begin a rule
echo make new-format name=N sample=FILE   begin a format
echo make bench     measure against the floor
echo make mutants   break every rule in every small way: would its cases notice? (name=CODE: one rule; name=readers: the readers)
echo make coverage  which branches of the program no test takes
echo make fuzz      search for files that break the readers (minutes=5 seed=1)
echo make golden    show what the seasons have become since they were kept, and keep it (SHOW=1: the rows)
echo make compare BASE=COMMIT   two versions over the sample, rule by rule (HEAD=COMMIT INBOX=DIR SHOW=1)
echo make crash     make a whole run fail at every place, in every way: is what is published whole? (part=1/3)
echo make audit     has any package that runs with it a known weakness? asks the package index
echo make test-minimum   a choice of tests with the oldest packages that pyproject.toml allows
echo make docs      write the generated pages again
echo make sample    write the sample centre again
echo make build     make the wheel
echo make clean     remove what can be made again; runs and inbox stay
exit /b 0
