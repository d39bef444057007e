"""Which mutants of the readers their own tests let live.

Takes modules of `pipelines`; gives a `Verdict` each, as for rules. The tests are collected once; each mutant is a
forked child that puts the faulty code into the modules in memory and runs the tests that execute its line, those that
killed its neighbours first, until one fails. A child that uses too much processor time has an endless loop, and is
killed too. No file changes. A mutant on a line that no test executes survives.
"""

from __future__ import annotations

import ast
import contextlib
import gc
import importlib
import json
import os
import resource
import signal
import sys
import tempfile
import time
import types
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import coverage
import pytest

from pipelines import archives, readers
from tests.mutants.judge import Survivor, Verdict
from tests.mutants.survivors import Explained, unexplained
from tests.mutants.syntax import Fault, faults

TESTS = ("tests/readers", "tests/test_archives.py")
PROCESSES = 2
#: Processor time a mutant may use: several times what all tests of all readers take together.
SECONDS = 240
_ROOT = Path(__file__).parents[2]
_KILLED, _ALIVE = 1, 0


def modules() -> dict[str, Path]:
    """The modules that are mutated, by their short name (`values`), with their files."""
    folder = Path(readers.__file__).parent
    found = {path.stem: path for path in sorted(folder.glob("*.py")) if path.stem != "__init__"}
    return {**found, "archives": Path(archives.__file__)}


def _module(name: str) -> types.ModuleType:
    return importlib.import_module("pipelines.archives" if name == "archives" else f"pipelines.readers.{name}")


def put_in(module: types.ModuleType, tree: ast.Module) -> None:
    """Run the faulty code as the module, here, and give it to whoever imported a name from it."""
    old = dict(vars(module))
    exec(compile(tree, str(module.__file__), "exec"), vars(module))
    for name, value in vars(module).items():
        before = old.get(name)
        if before is value or name.startswith("__"):
            continue
        if isinstance(before, types.FunctionType) and isinstance(value, types.FunctionType):
            if before.__module__ != module.__name__:
                continue
            # Who holds the function itself (a table of them, say) has the faulty one too.
            before.__code__, before.__defaults__ = value.__code__, value.__defaults__
            before.__kwdefaults__ = value.__kwdefaults__
            continue
        for other in list(sys.modules.values()):
            if other is not None and vars(other).get(name) is before and before is not None:
                setattr(other, name, value)


@dataclass
class Loop:
    """A plugin of pytest that runs mutants instead of tests; `verdicts` is what they came to."""

    names: Sequence[str]
    entries: Sequence[Explained]
    verdicts: list[Verdict] = field(default_factory=list)
    failed: bool = False
    times: dict[str, float] = field(default_factory=dict)
    #: how many mutants each test has killed: what killed one kills its neighbours, so it comes first
    kills: Counter[str] = field(default_factory=Counter)
    killer: str = ""

    def pytest_configure(self) -> None:
        """A failing example need not be made small, and each mutant meets the same examples."""
        from hypothesis import Phase, settings  # pytest's plugin of it must be loaded first

        settings.register_profile(
            "mutants",
            settings.get_profile("judged"),
            database=None,
            phases=(Phase.explicit, Phase.generate),
        )
        settings.load_profile("mutants")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep whether one failed, and how long each took."""
        self.failed = self.failed or report.failed
        self.times[report.nodeid] = self.times.get(report.nodeid, 0.0) + report.duration

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Measure which test executes which line; then the mutants."""
        items = {item.nodeid: item for item in session.items}
        gc.freeze()  # a child that collects would copy all memory
        by_line = self._measured(items)
        for name in self.names:
            self.verdicts.append(self._judged(name, items, by_line))
            verdict = self.verdicts[-1]
            new = len(unexplained(verdict, self.entries))
            said = (
                f"{name:<14} {verdict.made:>4} mutants  {len(verdict.survivors) - new:>3} explained  {new:>3} survive"
            )
            os.write(1, f"{said}  {verdict.seconds:>6.1f} s  {verdict.broken}".rstrip().encode() + b"\n")
        return True

    def _run(self, items: Sequence[pytest.Item]) -> None:
        for place, item in enumerate(items):
            following = items[place + 1] if place + 1 < len(items) else None
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if self.failed:
                self.killer = item.nodeid
                break

    def _measured(self, items: dict[str, pytest.Item]) -> dict[str, dict[str, list[str]]]:
        """By file and line, the tests that execute it, quickest first; `""` has all of a file."""
        with tempfile.TemporaryDirectory() as folder:
            kept = Path(folder, "lines.json")
            pid = os.fork()
            if not pid:
                with _quiet():
                    self._measure(items, kept)
                os._exit(0)
            os.waitpid(pid, 0)
            self.times, found = json.loads(kept.read_text(encoding="utf-8"))
            lines: dict[str, dict[str, list[str]]] = found
            return lines

    def _measure(self, items: dict[str, pytest.Item], kept: Path) -> None:
        measuring = coverage.Coverage(data_file=None, config_file=False, include=[str(p) for p in modules().values()])
        for place, (name, item) in enumerate(items.items()):
            measuring.start()
            measuring.switch_context(name)
            following = list(items.values())[place + 1 : place + 2]
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following[0] if following else None)
            measuring.stop()
        data, found = measuring.get_data(), {}
        for file in data.measured_files():
            lines: dict[str, list[str]] = {}
            for line, tests in data.contexts_by_lineno(file).items():
                lines[str(line)] = sorted((test for test in tests if test in items), key=lambda one: self.times[one])
            everyone = {test for tests in lines.values() for test in tests}
            found[file] = {**lines, "": sorted(everyone, key=lambda one: self.times[one])}
        kept.write_text(json.dumps([self.times, found]), encoding="utf-8")

    def _judged(self, name: str, items: dict[str, pytest.Item], by_line: dict[str, dict[str, list[str]]]) -> Verdict:
        started, path, module = time.perf_counter(), modules()[name], _module(name)
        source = path.read_text(encoding="utf-8")
        lines = by_line.get(str(path), {"": []})
        everyone = [items[test] for test in lines[""]]
        if not everyone or _ended(self._forked(module, ast.parse(source), everyone)) != _ALIVE:
            return Verdict(name, broken="its own tests do not hold")
        functions = _inside_functions(ast.parse(source))
        waiting = list(faults(source))
        made, running, alive = len(waiting), dict[int, tuple[Fault, int]](), list[Survivor]()
        waiting.reverse()
        while waiting or running:
            while waiting and len(running) < PROCESSES:
                fault = waiting.pop()
                tests = lines.get(str(fault.line), []) if fault.line in functions else lines[""]
                if tests:
                    told, tells = os.pipe()
                    pid = self._forked(module, fault.tree, [items[test] for test in self._ordered(tests)], tells)
                    os.close(tells)
                    running[pid] = fault, told
                else:
                    alive.append(Survivor(fault.name, f"no test executes line {fault.line}"))
            if running:
                pid, status = os.wait()
                fault, told = running.pop(pid)
                with os.fdopen(told, encoding="utf-8") as said:
                    self.kills.update(filter(None, [said.read()]))
                if os.waitstatus_to_exitcode(status) == _ALIVE:
                    alive.append(Survivor(fault.name, f"line {fault.line}"))
        return Verdict(name, made, tuple(sorted(alive, key=lambda one: one.name)), time.perf_counter() - started)

    def _ordered(self, tests: Sequence[str]) -> list[str]:
        """The tests most likely to fail for the time they take come first; then the quickest."""
        return sorted(tests, key=lambda one: (-self.kills[one] / (self.times[one] + 0.01), self.times[one]))

    def _forked(
        self, module: types.ModuleType, tree: ast.Module, tests: Sequence[pytest.Item], tells: int | None = None
    ) -> int:
        pid = os.fork()
        if pid:
            return pid
        code = _KILLED
        with contextlib.suppress(BaseException), _quiet():
            resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
            signal.alarm(SECONDS * 10)  # one that waits for ever uses no processor
            put_in(module, tree)
            self._run(tests)
            code = _KILLED if self.failed else _ALIVE
            if tells is not None:
                os.write(tells, self.killer.encode())
        os._exit(code)


def _inside_functions(tree: ast.Module) -> set[int]:
    """The lines of bodies of functions: what is outside runs on import, for every test."""
    return {
        line
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        for line in range(node.body[0].lineno, (node.end_lineno or node.lineno) + 1)
    }


def _ended(pid: int) -> int:
    """How a child ended; a signal is a kill."""
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status)


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    yield


def judge_readers(names: Sequence[str], entries: Sequence[Explained]) -> list[Verdict]:
    """Judge the modules of these short names."""
    loop = Loop(names, entries)
    options = ["-q", "-q", "-s", "-n", "0", "-p", "no:cacheprovider", "--no-header", "--tb=no", "--rootdir", str(_ROOT)]
    pytest.main([*options, *(str(_ROOT / path) for path in TESTS)], plugins=[loop])
    return loop.verdicts
