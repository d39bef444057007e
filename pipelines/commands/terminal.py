"""A terminal that completes: what the shell reads when a person sits before it.

Takes the prompts and the words of the run; gives a function that reads one statement or dot command, over as many
lines as it needs. Works in the consoles of Windows, macOS and Linux. What was typed can be had again with the arrow
keys as long as the shell is open; it is kept in memory alone.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import Any

from prompt_toolkit import PromptSession
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.output import create_output

from pipelines.commands.suggesting import Suggestion, Vocabulary, is_complete, suggestions

#: what a menu has room for
_WIDEST = 60


class _Words(Completer):
    """The words of the run, as prompt_toolkit asks for them."""

    def __init__(self, known: Vocabulary) -> None:
        self._known = known

    def get_completions(self, document: Document, _complete_event: CompleteEvent) -> Iterable[Completion]:
        """The words that may stand at the cursor."""
        for one in suggestions(document.text_before_cursor, document.text, self._known):
            yield Completion(one.text, -one.replaces, display_meta=_short(one))


def _short(one: Suggestion) -> str:
    says = " ".join(one.says.split())
    return says if len(says) <= _WIDEST else says[: _WIDEST - 1] + "…"


def ends(buffer: Buffer) -> bool:
    """Whether Enter hands over what is typed: a dot command, a whole statement, or nothing at all."""
    text = buffer.text
    return not text.strip() or text.lstrip().startswith(".") or is_complete(text)


def _keys() -> KeyBindings:
    keys = KeyBindings()

    @keys.add("enter")
    def enter(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        if buffer.complete_state is not None and buffer.complete_state.current_completion is not None:
            buffer.complete_state = None  # takes the word, and no more
        elif ends(buffer) and buffer.document.is_cursor_at_the_end_of_line:
            buffer.validate_and_handle()
        else:
            buffer.insert_text("\n")

    return keys


def session(prompt: str, more: str, known: Vocabulary, **streams: Any) -> PromptSession[str]:
    """What reads statements; `streams` are the input and output, where they are not those of the console."""
    return PromptSession(
        prompt,
        multiline=True,
        prompt_continuation=lambda width, _, wrapped: " " * width if wrapped else more[:width],
        completer=_Words(known),
        complete_while_typing=False,
        history=InMemoryHistory(),
        key_bindings=_keys(),
        enable_suspend=True,
        **streams,
    )


def reader(prompt: str, more: str, known: Vocabulary) -> Callable[[bool], str | None] | None:
    """A function that reads a statement, None at the end; or None where this is no terminal it can work in."""
    try:
        # where answers go to a file the prompt is still seen
        reading = session(prompt, more, known, output=create_output(sys.stdout if sys.stdout.isatty() else sys.stderr))
    except Exception:  # of Windows: a terminal that is no console, such as Git Bash without winpty
        return None

    def read(_: bool) -> str | None:
        sys.stdout.flush()
        try:
            return reading.prompt()
        except KeyboardInterrupt:
            return ""  # what was typed is given up
        except EOFError:
            return None

    return read
