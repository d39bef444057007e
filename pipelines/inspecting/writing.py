"""A format file, written: the shipped one taken apart, changed, and put together again as TOML.

Takes a `Format` and what is to be changed in its tables, gives text that `load_formats` reads. Promises: what is not
changed is written as it was; no value of the inspected file gets in but its headers or element names.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from typing import Any

from pipelines.formats import Format

#: A file of the centre's own is evidence of the centre's own files, and no more.
CONFIRMED = "inferred"
_HEADS = ("kind", "title", "shape")


def tables_of(layout: Format) -> dict[str, Any]:
    """The tables of a format's file, to be changed freely."""
    tables: dict[str, Any] = tomllib.loads(layout.path.read_text(encoding="utf-8"))
    return tables


def toml_text(tables: Mapping[str, Any], comment: str) -> str:
    """The text of a format file, headed by a comment."""
    ordered = {key: tables[key] for key in (*_HEADS, *tables) if key in tables}
    parts = [f"# {line}".rstrip() for line in comment.splitlines()] + [""]
    nested: list[str] = []
    for key, value in ordered.items():
        if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
            if key in ("columns", "header"):
                parts += ["", *_rows(key, value)]
            else:
                for item in value:
                    nested += ["", f"[[{key}]]", *_table(item)]
        elif isinstance(value, dict):
            nested += ["", f"[{key}]", *_table(value)]
        else:
            parts.append(f"{key} = {_value(value)}")
    return "\n".join([*parts, *nested]) + "\n"


def _table(item: Mapping[str, Any]) -> list[str]:
    lines: list[str] = []
    for key, value in item.items():
        if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
            lines += _rows(key, value)
        else:
            lines.append(f"{_key(key)} = {_value(value)}")
    return lines


def _rows(key: str, rows: list[dict[str, Any]]) -> list[str]:
    return [f"{key} = [", *(f"  {_value(row)}," for row in rows), "]"]


def _key(key: str) -> str:
    return key if key.replace("_", "").replace("-", "").isalnum() and key.isascii() else _text(key)


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(key)} = {_value(one)}" for key, one in value.items()) + " }" if value else "{}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, str):
        return _lines(value) if "\n" in value and "'''" not in value else _text(value)
    return str(value)


def _lines(text: str) -> str:
    return f"'''\n{text}'''"
