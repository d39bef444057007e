"""Zip archives in the inbox: members as files of their own, nothing extracted by its own path, caps held."""

from __future__ import annotations

import io
import os
import stat
import zipfile
from pathlib import Path

import pytest

from pipelines import archives
from pipelines.archives import RefusedArchiveError, ZipCaps
from tests.intake import ignored, names, refused, take, zipped


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def test_members_of_an_archive_are_files_of_their_own(inbox: Path) -> None:
    members = {
        "R9999901.X01": b"one",
        "sub/R9999901.X02": b"two",
        "../../etc/passwd": b"three",
        "C:\\windows\\x.csv": b"four",
        "copy.csv": b"one",
        ".hidden.csv": b"five",
        "__MACOSX/._R9999901.X01": b"six",
        "docs/README.txt": b"seven",
        "sub/": b"",
    }
    (inbox / "all.zip").write_bytes(zipped(members))
    reception = take(inbox)
    assert names(reception) == [
        *("all.zip!../../etc/passwd", "all.zip!C:\\windows\\x.csv"),
        *("all.zip!R9999901.X01", "all.zip!sub/R9999901.X02"),
    ]
    assert [name for name, _ in ignored(reception)] == [
        *("all.zip!.hidden.csv", "all.zip!__MACOSX/._R9999901.X01", "all.zip!docs/README.txt"),
    ]
    assert reception.sums == {"received": 8, "read": 4, "refused": 0, "repeated": 1, "ignored": 3}
    assert sorted(path.name for path in inbox.parent.iterdir()) == ["inbox", "raw"]


@pytest.mark.parametrize("first", ["[Content_Types].xml", "mimetype"])
def test_a_spreadsheet_is_a_file_and_not_an_archive(inbox: Path, first: str) -> None:
    data = zipped({first: b"x", "xl/workbook.xml": b"y"})
    (inbox / "marks.xlsx").write_bytes(data)
    (inbox / "both.zip").write_bytes(zipped({"inner.xlsx": data}))
    reception = take(inbox)
    assert names(reception) == ["both.zip!inner.xlsx"]
    assert reception.received[0].other_names == ("marks.xlsx",)


def test_an_archive_within_an_archive_is_refused_and_the_rest_read(inbox: Path, tmp_path: Path) -> None:
    inner = zipped({"a.csv": b"x"})
    (inbox / "all.zip").write_bytes(zipped({"inner.zip": inner, "broken.csv": inner[:-9], "b.csv": b"b"}))
    reception = take(inbox)
    assert refused(reception) == [
        ("all.zip!broken.csv", "an archive within an archive"),
        ("all.zip!inner.zip", "an archive within an archive"),
    ]
    assert names(reception) == ["all.zip!b.csv"]
    assert len(list((tmp_path / "raw").iterdir())) == 1


def encrypted() -> bytes:
    data = bytearray(zipped({"a.csv": b"x"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (encrypted(), "an encrypted archive"),
        (zipped({}), "an empty archive"),
        (zipped({"a.csv": b"x"})[:-30], "a damaged archive"),
        (b"PK\x03\x04 and nonsense", "a damaged archive"),
        (zipped({f"{i}.csv": b"x" for i in range(6)}), "too large an archive"),
        (zipped({"a.csv": os.urandom(1_001)}), "too large an archive"),
        (zipped({"a.csv": b" " * 999}), "too large an archive"),
    ],
)
def test_an_archive_that_is_locked_broken_or_over_a_cap_is_refused_whole(
    inbox: Path, tmp_path: Path, data: bytes, reason: str
) -> None:
    (inbox / "all.zip").write_bytes(data)
    reception = take(inbox, ZipCaps(members=5, unpacked_bytes=1_000, ratio=5))
    assert refused(reception) == [("all.zip", reason)]
    assert reception.refused[0].detail
    assert reception.sums["received"] == reception.sums["refused"] == 1
    assert list((tmp_path / "raw").iterdir()) == []


def test_an_archive_at_its_caps_is_read(inbox: Path) -> None:
    (inbox / "all.zip").write_bytes(zipped({f"{i}.csv": os.urandom(200) for i in range(5)}))
    assert len(take(inbox, ZipCaps(members=5, unpacked_bytes=1_000, ratio=1)).received) == 5


def test_a_member_that_says_it_is_smaller_than_it_is_cannot_swell(inbox: Path, tmp_path: Path) -> None:
    data = bytearray(zipped({"bomb.csv": b" " * 5_000_000, "b.csv": b"b"}))
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    (inbox / "all.zip").write_bytes(bytes(data))
    reception = take(inbox)
    assert refused(reception) == [("all.zip!bomb.csv", "damaged in its archive")]
    assert names(reception) == ["all.zip!b.csv"]
    assert sum(path.stat().st_size for path in (tmp_path / "raw").iterdir()) == 1


def test_a_member_that_is_a_link_is_ignored(inbox: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        info = zipfile.ZipInfo("link.csv")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    (inbox / "all.zip").write_bytes(buffer.getvalue())
    assert ignored(take(inbox)) == [("all.zip!link.csv", "a link")]


def test_an_archive_with_a_directory_of_too_many_members_is_refused_before_it_is_parsed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = zipped({f"{i}": b"" for i in range(9)})
    monkeypatch.setattr(zipfile, "ZipFile", None)
    with pytest.raises(archives.RefusedArchiveError, match="too large"):
        archives.open_archive(io.BytesIO(data), len(data), ZipCaps(members=8))


#: what ends an archive: how many members it has stands in its bytes 10 and 11
_END = b"PK\x05\x06"


def _refusal(data: bytes, caps: ZipCaps, size: int | None = None) -> tuple[str, str]:
    with pytest.raises(RefusedArchiveError) as caught:
        archives.open_archive(io.BytesIO(data), size or len(data), caps)
    assert str(caught.value) == caught.value.reason
    return caught.value.reason, caught.value.detail


def _ending(members: int, length: int = 22) -> bytes:
    count = members.to_bytes(2, "little")
    return (_END + bytes(4) + count + count + bytes(10))[:length]


@pytest.mark.parametrize("before", [b"", b"PK\x03\x04 and more"])
def test_too_many_members_are_seen_in_the_last_bytes(before: bytes) -> None:
    assert _refusal(before + _ending(10_240), ZipCaps()) == (
        *("too large an archive", "It has more members than the cap of 10,000."),
    )


@pytest.mark.parametrize("data", [b"PK\x03\x04" + b"\xff" * 100, b"x" + _ending(65_535, 21)])
def test_what_has_no_whole_ending_is_damaged_and_not_too_large(data: bytes) -> None:
    assert _refusal(data, ZipCaps())[0] == "a damaged archive"


def test_a_long_comment_does_not_hide_how_many_members_there_are() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.comment = b"c" * 65_535
        for name in "ab":
            archive.writestr(name, b"x" * 200_000)
    assert _refusal(stream.getvalue(), ZipCaps(members=1))[1] == "It has more members than the cap of 1."


def test_an_ending_that_names_too_few_members_is_not_believed() -> None:
    data = bytearray(zipped(dict.fromkeys("abc", b"x")))
    at = data.rindex(_END)
    data[at + 8 : at + 12] = b"\x01\x00\x01\x00"
    assert _refusal(bytes(data), ZipCaps(members=2)) == ("too large an archive", "3 members; the cap is 2.")


def test_an_archive_may_unpack_to_as_many_times_its_size_as_the_cap() -> None:
    def archive(unpacked: int) -> bytes:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
            made.writestr("a.csv", b" " * unpacked)
        bare = len(stream.getvalue())
        with zipfile.ZipFile(stream, "a") as made:
            made.comment = b"c" * (10_000 - bare)
        return stream.getvalue()

    whole = archive(20_000)
    assert len(whole) == 10_000
    assert archives.open_archive(io.BytesIO(whole), len(whole), ZipCaps(ratio=2)) is not None
    assert _refusal(archive(20_001), ZipCaps(ratio=2))[1] == "It unpacks to 2 times its size; the cap is 2."


def test_whether_it_is_an_archive_is_told_from_its_first_bytes_wherever_it_was_read_to() -> None:
    stream = io.BytesIO(zipped({"a.csv": b"x"}))
    stream.seek(9)
    assert archives.looks_like_zip(stream)
    assert not archives.looks_like_zip(io.BytesIO(b"99999"))


@pytest.mark.parametrize(
    ("name", "is_hidden"),
    [
        ("a.csv", False),
        (".a.csv", False),
        ("folder/a.csv", False),
        ("./a.csv", False),
        ("../a.csv", False),
        (".git/a.csv", True),
        ("folder/.git/a.csv", True),
        (".git/folder/a.csv", True),
        ("folder\\.git\\a.csv", True),
        ("__MACOSX/a.csv", True),
        ("folder/__MACOSX/a.csv", True),
        ("__MACOSX", False),
    ],
)
def test_a_member_in_a_hidden_folder_is_known(name: str, is_hidden: bool) -> None:
    info = zipfile.ZipInfo()
    info.filename = name  # as an archive may have it; the constructor would put it right
    assert archives.is_in_hidden_folder(info) == is_hidden


def test_the_caps_of_an_archive_are_those_that_are_documented() -> None:
    documented = ZipCaps(10_000, 4 * 1024**3, 200, 4 * 1024**3)
    assert ZipCaps() == documented
    data = zipped({"a.csv": b"x"})
    assert archives.open_archive(io.BytesIO(data), len(data), documented) is not None
