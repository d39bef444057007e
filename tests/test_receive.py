"""`pipelines/receive.py`: every file once, by content; links and pipes never opened; sums that agree."""

from __future__ import annotations

import hashlib
import os
import socket
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines import files, receive
from pipelines.archives import ZipCaps
from pipelines.errors import DiskError, UsageError
from pipelines.receive import NameHints, name_hints
from tests.intake import CAPS, ignored, names, refused, take, zipped


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receive, "SETTLE", 0)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def test_bytes_lie_under_their_hash_and_repeated_bytes_lie_there_once(inbox: Path, tmp_path: Path) -> None:
    (inbox / "b.csv").write_bytes(b"same")
    (inbox / "week 2").mkdir()
    (inbox / "week 2" / "a.csv").write_bytes(b"same")
    (inbox / "empty.csv").write_bytes(b"")
    reception = take(inbox)
    sha256 = hashlib.sha256(b"same").hexdigest()
    same = next(found for found in reception.received if found.size)
    assert (same.file_id, same.sha256, same.name, same.other_names, same.size) == (
        *(sha256[:16], sha256, "b.csv"),
        *(("week 2/a.csv",), 4),
    )
    assert same.path == tmp_path / "raw" / sha256
    assert same.path.read_bytes() == b"same"
    assert stat.S_IMODE(same.path.stat().st_mode) == 0o600
    assert same.path.stat().st_nlink == 1, "never a link to the inbox"
    assert ignored(reception) == [("week 2/", "a folder, entered")]
    assert reception.sums == {"received": 4, "read": 2, "refused": 0, "repeated": 1, "ignored": 1}
    assert len(list((tmp_path / "raw").iterdir())) == 2


def test_links_pipes_sockets_and_what_is_not_a_result_are_ignored_with_a_reason(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secret").write_text("secret")
    (inbox / "link.csv").symlink_to(tmp_path / "secret")
    (inbox / "folder link").symlink_to(tmp_path)
    (inbox / "gone link").symlink_to("nowhere")
    os.mkfifo(inbox / "pipe.csv")
    monkeypatch.chdir(inbox)  # a socket's path may be no longer than 107 bytes
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind("socket.csv")
    for name in (
        ".hidden.csv",
        "README.md",
        "readme results.csv",
        "~$marks.xlsx",
        "Thumbs.db",
        "DESKTOP.INI",
    ):
        (inbox / name).write_text("x")
    (inbox / ".git").mkdir()
    (inbox / ".git" / "a.csv").write_text("x")
    reception = take(inbox)
    assert dict(ignored(reception)) == {
        ".git": "a hidden file",
        ".hidden.csv": "a hidden file",
        "DESKTOP.INI": "a file of the system",
        "README.md": "a note",
        "Thumbs.db": "a file of the system",
        "folder link": "a link",
        "gone link": "a link",
        "link.csv": "a link",
        "pipe.csv": "a pipe",
        "readme results.csv": "a note",
        "socket.csv": "a socket",
        "~$marks.xlsx": "an Office lock file",
    }
    assert reception.received == ()
    assert reception.sums["received"] == reception.sums["ignored"] == 12


def test_a_file_that_becomes_a_link_after_it_was_listed_is_not_followed(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secret").write_text("secret")
    (inbox / "a.csv").write_text("x")
    inner = receive._open

    def swapped(path: Path) -> BinaryIO:
        path.unlink()
        path.symlink_to(tmp_path / "secret")
        return inner(path)

    monkeypatch.setattr(receive, "_open", swapped)
    assert refused(take(inbox)) == [("a.csv", "cannot be read")]
    assert list((tmp_path / "raw").iterdir()) == []


def test_an_inbox_may_itself_be_a_link_and_be_given_twice(inbox: Path, tmp_path: Path) -> None:
    (inbox / "a.csv").write_text("x")
    (inbox / "sub").mkdir()
    (tmp_path / "link").symlink_to(inbox)
    reception = receive.receive([tmp_path / "link", inbox, inbox / "sub"], tmp_path / "raw", None, CAPS)
    assert (names(reception), reception.repeated) == (["a.csv"], 0)


def test_an_inbox_that_is_missing_or_holds_the_data_is_a_usage_error(inbox: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such folder"):
        receive.receive([tmp_path / "inbx"], tmp_path / "raw", None, CAPS)
    with pytest.raises(UsageError, match="read itself"):
        receive.receive([tmp_path], tmp_path / "data" / "raw", None, CAPS)


def test_a_file_that_cannot_be_read_is_refused_and_the_rest_goes_on(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / "a.csv").write_text("a")
    (inbox / "b.csv").write_text("b")
    inner = os.open

    def denied(path: Path, *arguments: int) -> int:
        if Path(path).name == "a.csv":
            raise PermissionError(13, "Permission denied", str(path))
        return inner(path, *arguments)

    monkeypatch.setattr(os, "open", denied)
    reception = take(inbox)
    assert refused(reception) == [("a.csv", "cannot be read")]
    assert "Permission denied" in reception.refused[0].detail
    assert names(reception) == ["b.csv"]


def test_a_full_disk_ends_the_reception_and_is_not_blamed_on_the_file(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / "a.csv").write_text("a")

    def full(*_: object) -> int:
        raise DiskError("raw: the disk is full.")

    monkeypatch.setattr(files, "_copy", full)
    with pytest.raises(DiskError):
        take(inbox)


@pytest.mark.parametrize(("times", "expected"), [(1, []), (9, [("a.csv", "still being written")])])
def test_a_file_that_grows_while_it_is_read_is_read_again_once_then_refused(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int, expected: list[tuple[str, str]]
) -> None:
    path = inbox / "a.csv"
    path.write_bytes(b"first ")
    inner, reads = files.store, 0

    def store(stream: BinaryIO, folder: Path) -> files.Stored:
        nonlocal reads
        reads += 1
        stored = inner(stream, folder)
        if reads <= times:
            with path.open("ab") as writer:
                writer.write(b"more ")
        return stored

    monkeypatch.setattr(files, "store", store)
    reception = take(inbox)
    assert refused(reception) == expected
    assert reads == 2
    kept = [b"first more "] if times == 1 else []
    assert [found.path.read_bytes() for found in reception.received] == kept
    assert [found.read_bytes() for found in (tmp_path / "raw").iterdir()] == kept, "nothing half-read stays"


def test_a_growing_file_that_began_like_another_does_not_take_the_other_with_it(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / "a.csv").write_bytes(b"same")
    path = inbox / "b.csv"
    path.write_bytes(b"same")
    inner, reads = files.store, 0

    def store(stream: BinaryIO, folder: Path) -> files.Stored:
        nonlocal reads
        reads += 1
        stored = inner(stream, folder)
        if reads > 1:
            with path.open("ab") as writer:
                writer.write(b" no more")
        return stored

    monkeypatch.setattr(files, "store", store)
    reception = take(inbox)
    assert refused(reception) == [("b.csv", "still being written")]
    assert [found.path.read_bytes() for found in reception.received] == [b"same"]


def test_a_file_whose_time_changes_but_not_its_size_is_read_again(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = inbox / "a.csv"
    path.write_bytes(b"aaaa")
    inner, reads = files.store, 0

    def store(stream: BinaryIO, folder: Path) -> files.Stored:
        nonlocal reads
        reads += 1
        stored = inner(stream, folder)
        if reads == 1:
            path.write_bytes(b"bbbb")
            os.utime(path, ns=(0, time.time_ns() + 5_000_000))
        return stored

    monkeypatch.setattr(files, "store", store)
    assert [found.path.read_bytes() for found in take(inbox).received] == [b"bbbb"]


@pytest.mark.parametrize("name", ["R9999901.X01.part", "marks.csv.crdownload"])
def test_an_unfinished_download_is_refused(inbox: Path, name: str) -> None:
    (inbox / name).write_text("half")
    assert refused(take(inbox)) == [(name, "still being written")]


def test_a_file_over_the_cap_is_refused_before_it_is_copied(inbox: Path, tmp_path: Path) -> None:
    (inbox / "large.csv").write_bytes(b"x" * 101)
    (inbox / "fits.csv").write_bytes(b"x" * 100)
    reception = take(inbox, ZipCaps(file_bytes=100))
    assert refused(reception) == [("large.csv", "too large")]
    assert "101" in reception.refused[0].detail
    assert names(reception) == ["fits.csv"]
    assert len(list((tmp_path / "raw").iterdir())) == 1


def test_names_are_made_fit_to_be_shown(inbox: Path) -> None:
    for number, name in enumerate((b"caf\xe9.csv", b"bell\x07\nline.csv", "rtl\u202eexe.csv".encode())):
        (inbox / os.fsdecode(name)).write_bytes(b"%d" % number)
    (inbox / "cafe\u0301.csv").write_bytes(b"decomposed")
    assert names(take(inbox)) == sorted(
        ["bell\\u0007\\u000aline.csv", "caf\ufffd.csv", "café.csv", "rtl\\u202eexe.csv"]
    )


def test_a_numbered_download_is_noted(inbox: Path) -> None:
    for name in ("R9999901.X01", "R9999901 (1).X01", "marks - Copy.csv", "entries (final).csv"):
        (inbox / name).write_text(name[:8])
    found = {received.name: received.is_download_copy for received in take(inbox).received}
    assert found == {"R9999901.X01": True, "marks - Copy.csv": True, "entries (final).csv": False}


def test_bytes_of_the_run_before_are_shared_and_others_copied(inbox: Path, tmp_path: Path) -> None:
    (inbox / "a.csv").write_bytes(b"aaaa")
    (inbox / "z.zip").write_bytes(zipped({"m.csv": b"mmmmm"}))
    take(inbox)
    (inbox / "b.csv").write_bytes(b"bbbb")
    reception = receive.receive([inbox], tmp_path / "raw2", tmp_path / "raw", CAPS)
    links = {received.name: received.path.stat().st_nlink for received in reception.received}
    assert links == {"a.csv": 2, "b.csv": 1, "z.zip!m.csv": 2}
    contents = sorted(received.path.read_bytes() for received in reception.received)
    assert contents == [b"aaaa", b"bbbb", b"mmmmm"]


def test_the_name_of_every_file_is_told_as_it_is_begun(inbox: Path, tmp_path: Path) -> None:
    (inbox / "a.csv").write_text("a")
    (inbox / "z.zip").write_bytes(zipped({"m.csv": b"m"}))
    told: list[str] = []
    receive.receive([inbox], tmp_path / "raw", None, CAPS, told.append)
    assert told == ["a.csv", "z.zip", "z.zip!m.csv"]


@given(
    tree=st.dictionaries(
        st.sampled_from([f"{folder}{name}" for folder in ("", "x/", "x/y/", "z/") for name in "abcd"]),
        st.sampled_from([b"", b"one", b"two", b"three"]),
    )
)
@settings(max_examples=40, deadline=None)
def test_sums_and_contents_are_those_of_a_plain_count(tree: dict[str, bytes]) -> None:
    with TemporaryDirectory() as folder:
        inbox = Path(folder, "inbox")
        inbox.mkdir()
        for name, data in tree.items():
            path = inbox / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        reception = take(inbox)
        contents = {found.path.read_bytes() for found in reception.received}
    folders = {parent for name in tree for parent in Path(name).parents} - {Path()}
    assert contents == set(tree.values())
    assert reception.sums == {
        "received": len(tree) + len(folders),
        "read": len(contents),
        "refused": 0,
        "repeated": len(tree) - len(contents),
        "ignored": len(folders),
    }
    for found in reception.received:
        mine = sorted(name for name, data in tree.items() if hashlib.sha256(data).hexdigest() == found.sha256)
        assert [found.name, *found.other_names] == mine


def test_order_and_times_of_files_change_nothing(tmp_path: Path) -> None:
    receptions = []
    for number, order in enumerate((("a", "b", "c"), ("c", "a", "b"))):
        inbox = tmp_path / str(number) / "inbox"
        inbox.mkdir(parents=True)
        for name in order:
            (inbox / name).write_text(name)
            os.utime(inbox / name, (number, number))
        receptions.append([(found.file_id, found.name) for found in take(inbox).received])
    assert receptions[0] == receptions[1]


def hinted() -> Iterator[tuple[str, NameHints]]:
    result = NameHints(letter="R", centre="99999", board="72", sequence="01")
    yield "R9999972.X01", result
    yield "r9999972.x01", result
    yield "week 2/R9999972 (1).X01", result
    yield "all.zip!R9999972(2).X01", result
    yield "R9999972.X01.txt", result
    yield "R9999972 - Copy.X01", result
    basedata = NameHints(letter="O", board="01", sequence="06", series="6E26")
    yield "O6E26_01.X06", basedata
    yield "o6e26_01.x06", basedata
    yield "LBA26W70.X01", NameHints(letter="L", board="70", sequence="01", series="BA26")
    yield "a2c.99999.01.EDIResults.not-a-guid.xml", NameHints(centre="99999", board="01")
    yield "A2C.99999.01.ediresults.xml", NameHints(centre="99999", board="01")
    for name in ("entries.csv", "R9999972.csv", "R999972.X01", "RR9999972.X01", "R9999972.X1", ""):
        yield name, NameHints()


@pytest.mark.parametrize(("name", "expected"), list(hinted()))
def test_a_name_hints_at_what_the_exchange_rules_put_into_it(name: str, expected: NameHints) -> None:
    assert name_hints(name) == expected
