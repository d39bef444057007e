"""Keys, and a bundle encrypted and opened: age, by its X25519 keys.

Takes public keys as age writes them (`age1…`), or a file with one a line; gives a file that only who holds one of the
secret keys can read. Opens such a file with a secret key. Promises that no secret key is ever shown, that what is
there already is not overwritten, and that nothing an archive says leads outside the folder it is opened into.
"""

from __future__ import annotations

import secrets
import zipfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from pipelines import files
from pipelines.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

_SECRET = "AGE-SECRET-KEY-"
_HOW = "A public key begins with age1: `resultsday share --new-identity FILE`, or age-keygen, makes one."
_LEAST = 32  #: characters of a key for pseudonyms


def refuse_what_is_there(path: Path) -> None:
    """Raise UsageError where something of that name is there."""
    if path.exists() or path.is_symlink():
        raise UsageError(f"{path} is there already, and nothing is overwritten.", "Give a new name.")


def recipients(given: Iterable[str]) -> tuple[Any, ...]:
    """The public keys asked for, each once. Raises UsageError where one is none; says none that could be secret."""
    import pyrage

    texts = [one for told in given for one in _keys(told.strip())]
    found = []
    for one in dict.fromkeys(texts):
        if one.upper().startswith(_SECRET):
            raise UsageError("That is a secret key: it is for its owner alone.", _HOW)
        try:
            found.append(pyrage.x25519.Recipient.from_str(one))
        except pyrage.RecipientError:
            raise UsageError("A recipient is no public key of age, nor a file of such keys.", _HOW) from None
    if not found:
        raise UsageError("There is no recipient, so nobody could read it.", _HOW)
    return tuple(found)


def _keys(told: str) -> list[str]:
    """The key itself, or those of a file: one a line, blank lines and comments (#) between them."""
    if told.lower().startswith("age1") or told.upper().startswith(_SECRET):
        return [told]
    return [line for line in map(str.strip, _read(Path(told), "recipients").splitlines()) if line[:1] not in ("", "#")]


def _read(path: Path, what: str) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise UsageError(f"{path}: this file of {what} cannot be read.", _HOW if what == "recipients" else "") from None


def pseudonym_key(path: Path) -> bytes:
    """The key of a file. Raises UsageError where it cannot be read, or is so short that it could be guessed."""
    key = _read(path, "a key").strip().encode("utf-8")
    if len(key) < _LEAST:
        raise UsageError(
            f"{path}: a key has {_LEAST} characters or more, so that nobody can guess it.",
            "`resultsday share --new-key FILE` makes one.",
        )
    return key


def new_key(path: Path) -> None:
    """Write a new key for pseudonyms, for its owner alone. Raises UsageError where something is there."""
    refuse_what_is_there(path)
    files.make_folder(path.parent)
    files.write_text(path, f"{secrets.token_hex(32)}\n")


def new_identity(path: Path) -> str:
    """Write a new secret key for its owner alone; gives the public one. Raises UsageError where something is there."""
    import pyrage

    refuse_what_is_there(path)
    made = pyrage.x25519.Identity.generate()
    public = str(made.to_public())
    files.make_folder(path.parent)
    files.write_text(path, f"# public key: {public}\n{made}\n")
    return public


def seal(plain: Path, to: Path, keys: tuple[Any, ...]) -> None:
    """Encrypt a file for every one of the keys; it is there whole or not at all."""
    import pyrage

    files.make_folder(to.parent)
    with files.writing(to) as temporary:
        pyrage.encrypt_file(str(plain), str(temporary), list(keys))


def unseal(sealed: Path, identity: Path, to: Path) -> list[str]:
    """Open a bundle into a new folder; gives the names of its files.

    Raises UsageError where the key is not one of those it was made for, or it is no bundle.
    """
    import pyrage

    refuse_what_is_there(to)
    mine = [
        _identity(line) for line in _read(identity, "a secret key").splitlines() if line.upper().startswith(_SECRET)
    ]
    if not mine:
        raise UsageError(f"{identity} holds no secret key of age.", "Give the file that --new-identity made.")
    if not sealed.is_file():
        raise UsageError(f"{sealed} is not there.", "Give the file that was sent.")
    with files.temporary_folder() as plain:
        archive = plain / "bundle.zip"
        try:
            with files.writing(archive, durable=False) as temporary:
                pyrage.decrypt_file(str(sealed), str(temporary), mine)
        except pyrage.DecryptError:
            raise UsageError(
                f"{sealed} cannot be opened with this key: it was made for another, or is damaged.",
                "Ask who sent it to make it again for your public key.",
            ) from None
        return _unpack(archive, to, sealed)


def _identity(line: str) -> Any:
    import pyrage

    try:
        return pyrage.x25519.Identity.from_str(line.strip())
    except pyrage.IdentityError:
        raise UsageError("The secret key is damaged.", "Give the file that --new-identity made.") from None


def _unpack(archive: Path, to: Path, sealed: Path) -> list[str]:
    try:
        with zipfile.ZipFile(archive) as opened:
            names = [info.filename for info in opened.infolist()]
            if not names or not all(map(_stays_within, names)):
                raise zipfile.BadZipFile
            files.make_folder(to.parent)
            with files.writing_folder(to) as building:
                for name in names:
                    files.make_folder((building / name).parent)
                    files.write_bytes(building / name, opened.read(name))
    except zipfile.BadZipFile:
        raise UsageError(f"{sealed} holds no bundle of ours.", "`age --decrypt` gives what it holds.") from None
    return sorted(names)


def _stays_within(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return bool(parts) and not name.startswith("/") and ".." not in parts and not set(name) & {"\\", ":"}
