"""Headless Chromium, spoken to in its own protocol through a pipe: no driver, no port, and real keys are pressed.

Takes pages on disk; gives what is true of them once shown. Whatever a page's policy forbids it, it is shown as it is.
"""

from __future__ import annotations

import base64
import json
import os
import select
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from tests.browser.tools import axe, program

if TYPE_CHECKING:
    from collections.abc import Iterator

_PATIENCE = 180.0  #: seconds for one answer; a busy machine may need a while for a large page
_FLAGS = (
    "--headless", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-extensions",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--remote-debugging-pipe",
)  # fmt: skip
#: everything that WCAG 2.2 asks for at AA
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa")
#: becomes the browser, with the two pipes where it looks for them
_HAND_OVER = (
    "import os, sys; os.dup2(int(sys.argv[1]), 3); os.dup2(int(sys.argv[2]), 4); os.execv(sys.argv[3], sys.argv[3:])"
)
_KEYS = {"Tab": 9, "Enter": 13, " ": 32}


class Chromium:
    """One browser: commands go in at one pipe, answers and events come out of another."""

    def __init__(self, into: int, out: int) -> None:
        self.into, self.out = into, out
        self.rest = b""
        self.last = 0

    def _next(self, until: float) -> dict[str, Any]:
        while b"\0" not in self.rest:
            ready, _, _ = select.select([self.out], [], [], max(0.0, until - time.monotonic()))
            if not ready:
                raise TimeoutError("Chromium does not answer")
            read = os.read(self.out, 1 << 16)
            if not read:
                raise EOFError("Chromium has ended")
            self.rest += read
        message, self.rest = self.rest.split(b"\0", 1)
        told: dict[str, Any] = json.loads(message)
        return told

    def ask(self, method: str, session: str | None = None, **values: object) -> dict[str, Any]:
        """Give a command and wait for its answer."""
        self.last += 1
        command = {"id": self.last, "method": method, "params": values} | ({"sessionId": session} if session else {})
        message = json.dumps(command).encode() + b"\0"
        while message:
            message = message[os.write(self.into, message) :]
        until = time.monotonic() + _PATIENCE
        while (told := self._next(until)).get("id") != self.last:
            pass
        if "error" in told:
            raise RuntimeError(f"{method}: {told['error']['message']}")
        result: dict[str, Any] = told["result"]
        return result

    @contextmanager
    def shown(self, path: Path, *, dark: bool = False, width: int = 1280, script: bool = True) -> Iterator[Page]:
        """Show a page of the disk."""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        page = Page(self, self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"])
        scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        page.ask("Emulation.setEmulatedMedia", features=scheme)
        page.ask("Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=False)
        page.ask("Emulation.setScriptExecutionDisabled", value=not script)
        page.ask("Emulation.setFocusEmulationEnabled", enabled=True)
        page.ask("Page.navigate", url=path.resolve().as_uri())
        page.wait()
        try:
            yield page
        finally:
            self.ask("Target.closeTarget", targetId=target)


class Page:
    """A page that is shown."""

    def __init__(self, browser: Chromium, session: str) -> None:
        self.browser, self.session = browser, session

    def ask(self, method: str, **values: object) -> dict[str, Any]:
        """Give this page a command."""
        return self.browser.ask(method, self.session, **values)

    def value(self, expression: str) -> Any:
        """What an expression gives in the page, a promise kept first."""
        done = self.ask("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in done:
            raise RuntimeError(done["exceptionDetails"]["exception"].get("description", "a fault in the page"))
        return done["result"].get("value")

    def wait(self) -> None:
        """Wait until the page is loaded."""
        until = time.monotonic() + _PATIENCE
        while self.value("location.protocol === 'file:' && document.readyState") != "complete":
            if time.monotonic() > until:
                raise TimeoutError("the page does not load")
            time.sleep(0.05)

    def press(self, key: str) -> None:
        """Press a key."""
        code = _KEYS[key]
        name = "Space" if key == " " else key
        typed = {"Enter": "\r", " ": " "}.get(key, "")
        values: dict[str, object] = {"key": key, "code": name, "windowsVirtualKeyCode": code}
        self.ask(
            "Input.dispatchKeyEvent",
            type="keyDown" if typed else "rawKeyDown",
            **values,
            **({"text": typed} if typed else {}),
        )
        self.ask("Input.dispatchKeyEvent", type="keyUp", **values)

    def faults(self) -> list[str]:
        """What axe finds: its rule, how many elements, and the first of them."""
        # what is off the screen is judged as well; of hundreds of students, each made alike, twenty will do
        self.value(
            "{const s = document.createElement('style'); "
            "s.textContent = '*{content-visibility:visible!important}'; document.head.append(s);"
            "[...document.querySelectorAll('.student')].slice(20).forEach(e => e.remove())}"
        )
        self.value(axe() + "; true")
        options = json.dumps({"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]})
        found = self.value(
            f"axe.run(document, {options}).then(r => JSON.stringify(r.violations.map(v => "
            "[v.id, v.nodes.length, v.nodes.slice(0, 3).map(n => n.target.join(' ') + ': ' + "
            "n.any.concat(n.all, n.none).map(c => c.message).join('; '))])))"
        )
        return [f"{rule} × {count}: {' | '.join(first)}" for rule, count, first in json.loads(found)]

    def printed(self) -> bytes:
        """The page on paper, as a PDF."""
        done = self.ask("Page.printToPDF", preferCSSPageSize=True, printBackground=False, transferMode="ReturnAsBase64")
        return base64.b64decode(done["data"])


@contextmanager
def chromium() -> Iterator[Chromium]:
    """Start Chromium, with a profile of its own; the test is skipped where there is none."""
    found = program("chromium", "chromium-browser", "google-chrome")
    import fcntl  # of Unix alone, as is the pipe

    flags = [*_FLAGS, "--no-sandbox"] if os.geteuid() == 0 else [*_FLAGS]
    with ExitStack() as stack:
        profile = stack.enter_context(TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True))
        ends = [*os.pipe(), *os.pipe()]
        # the browser wants them as 3 and 4: clear of those first
        theirs_in, ours_in, ours_out, theirs_out = (fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 20) for end in ends)
        for end in ends:
            os.close(end)
        process = subprocess.Popen(
            [
                sys.executable,
                "-c",
                _HAND_OVER,
                str(theirs_in),
                str(theirs_out),
                found,
                *flags,
                f"--user-data-dir={profile}",
            ],
            pass_fds=(theirs_in, theirs_out),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(theirs_in)
        os.close(theirs_out)
        browser = Chromium(ours_in, ours_out)
        try:
            yield browser
        finally:
            with suppress(OSError, EOFError, TimeoutError, RuntimeError):
                browser.ask("Browser.close")
            os.close(ours_in)
            os.close(ours_out)
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
