"""Where the things are that come with the program: formats, SQL, reference data, report templates.

Takes nothing, gives folders that exist, the same from a checkout and from an installed wheel: in a checkout
`sql/` and `data/` lie beside the package, in a wheel the build puts copies below `pipelines/_shipped/`.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _beside(name: str, *checkout: str) -> Path:
    # The copies come first: an installed package may by chance lie beside some other project's `sql/`.
    for folder in (_PACKAGE / "_shipped" / name, _PACKAGE.parent.joinpath(*checkout)):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"this installation lacks its {name} folder; install resultsday again")


def _schemas() -> Path:
    spec = find_spec("schemas")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("this installation lacks its schemas package; install resultsday again")
    return Path(spec.submodule_search_locations[0])


def formats() -> Path:
    """Give the folder of the shipped formats, one TOML file each."""
    return _schemas() / "formats"


def reference_schemas() -> Path:
    """Give the folder of TOML files that say what each reference table holds."""
    return _schemas() / "reference"


def reference_data() -> Path:
    """Give the folder of the shipped reference tables, one CSV file each."""
    return _beside("reference", "data", "reference")


def sql() -> Path:
    """Give the folder that holds `joins/`, `people/`, `rules/` and `questions/`."""
    return _beside("sql", "sql")


def templates() -> Path:
    """Give the folder of the report templates."""
    return _PACKAGE / "templates"
