"""Every kept file is read as it was when that was last accepted (`make golden`): to the byte, alone and with others."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.accounts import shipped
from tests.readers import kept

FORMATS = [*sorted(layout.name for layout in shipped()), kept.NO_FORMAT]


def test_every_file_and_every_format_is_kept() -> None:
    lines = kept.kept()
    assert {name for _, name, _ in lines} - {kept.TOGETHER} == {name[:12] for name in kept.contents()}
    assert {name for name, _, _ in lines} == set(FORMATS)


@pytest.mark.parametrize("name", FORMATS)
def test_each_file_says_what_it_said(name: str, tmp_path: Path) -> None:
    wanted = {(file, said) for layout, file, said in kept.kept() if layout == name}
    mine = [sha256 for sha256 in kept.contents() if sha256[:12] in {file for file, _ in wanted}]
    found = set()
    for layout, file, said in kept.told(mine, tmp_path):
        assert (layout, file, said) == (name, file, dict(wanted).get(file))
        found.add((file, said))
    assert found == wanted
