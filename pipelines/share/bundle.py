"""One archive of a bundle's files, with the page that says what they are and the run they come from.

Takes a folder of files and what is known of them; gives a ZIP archive in which nothing depends on the clock or the
machine: names in order, one date, nothing compressed that a newer library would compress otherwise.
"""

from __future__ import annotations

import json
import shutil
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines import files

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path
    from typing import Any

    from pipelines.share.contents import Contents

README, MANIFEST, ARCHIVE = "README.txt", "run.json", "bundle.zip"
_DAY = (1980, 1, 1, 0, 0, 0)  #: the first a ZIP archive can name
_FILE = 0o100600 << 16


@dataclass(frozen=True)
class About:
    """What the page over a bundle says."""

    run: str
    manifest: Mapping[str, Any]
    moment: datetime
    is_pseudonymous: bool

    @property
    def audience(self) -> str:
        """Who a bundle is fit for, in words."""
        if self.is_pseudonymous:
            return "nobody is named: pseudonyms for numbers, the year for a date of birth"
        return "students are named: for those who may know them"


def run_json(about: About, contents: Contents) -> str:
    """What is told of the run: no path, no name of a file, no count of what is left out."""
    told = about.manifest
    shown = {
        "run": about.run,
        "identity": told["identity"],
        "season": told["season"],
        "as_of": told["as_of"],
        "released_by": about.moment.isoformat(),
        "is_sample": bool(told.get("is_sample")),
        "is_pseudonymous": about.is_pseudonymous,
        "versions": told.get("versions", {}),
        "centres": list(contents.centres),
        "tables": dict(sorted(contents.rows.items())),
    }
    return json.dumps(shown, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def readme(about: About, contents: Contents) -> str:
    """The page over a bundle."""
    sample = "SAMPLE: invented students.\n\n" if about.manifest.get("is_sample") else ""
    rows = "\n".join(f"  {count:>9,}  tables/{name}.parquet" for name, count in sorted(contents.rows.items()))
    return (
        f"Exam results of {about.manifest['season']}, centre {', '.join(contents.centres) or 'none'}\n"
        f"run {about.run}, as of {about.manifest['as_of']}\n\n{sample}"
        f"{about.audience[:1].upper()}{about.audience[1:]}.\n"
        f"Results that candidates could not have by {about.moment.isoformat(timespec='minutes')} are not in it,\n"
        "nor is anything that was found of them.\n\n"
        f"{_PSEUDONYMS if about.is_pseudonymous else ''}"
        f"  rows\n{rows}\n\n"
        "reports/discrepancies.csv has the findings, for a spreadsheet. run.json says which program made them.\n"
        "Personal data: keep it as you keep your own, pass it to nobody, delete it when it has served.\n"
    )


_PSEUDONYMS = (
    "A person, a number of theirs and a finding have a pseudonym in place: the same in every table and in every\n"
    "bundle made with the same key, another under another key. Names, texts, lines of files and what was typed\n"
    "by hand are left out; a grade that no scale has is blank. Few students in a row still mean that somebody\n"
    "may be known by what is left: these are personal data.\n\n"
)


def write_archive(folder: Path, to: Path) -> None:
    """Put every file of a folder into one archive: the same files give the same bytes."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    with files.writing(to, durable=False) as temporary, zipfile.ZipFile(temporary, "w") as archive:
        for path in found:
            info = zipfile.ZipInfo(path.relative_to(folder).as_posix(), _DAY)
            info.create_system, info.external_attr = 3, _FILE
            with path.open("rb") as source, archive.open(info, mode="w", force_zip64=True) as member:
                shutil.copyfileobj(source, member)
