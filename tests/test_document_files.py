"""Files are kept once, whole and for good, whoever else writes, dies or tampers meanwhile."""

from __future__ import annotations

import errno
import io
import os
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import close_old_connections, connection, connections
from django.test import Client
from django.urls import reverse

from interparl.accounts.models import User
from interparl.config.command_line import run
from interparl.config.file_settings import files_storage
from interparl.core.hooks import every_attention
from interparl.documents.actions import (
    Unusable,
    add_version,
    checked,
    opened,
    read_waiting,
    remove_content,
    sweep_when_due,
    wrong_files,
)
from interparl.documents.actions.folder import COMING
from interparl.documents.actions.storing import name_of, release, storage
from interparl.documents.actions.sweeping import sweep
from interparl.documents.models import Content, Document, Version
from tests.makers import BY, a_document, a_user, a_version

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folder")]
NEW = "/desk/documents/new/"


def folder() -> Path:
    return Path(settings.FOLDER) / "files"


def place_of(version: Version) -> Path:
    return folder() / name_of(version.digest)


def kept_files() -> set[Path]:
    return {one for one in folder().rglob("*") if one.is_file()}


def sent(*files: SimpleUploadedFile) -> dict[str, Any]:
    return {"document_kind": "letter", "mark": "internal", "grade": "stated", "files": list(files)}


def test_a_file_lies_under_its_digest_readable_by_its_owner_only() -> None:
    version = a_version(None, b"abc", "abc.txt")
    assert version.digest == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    place = folder() / "ba" / "78" / version.digest
    assert (place.read_bytes(), place.stat().st_mode & 0o777, kept_files()) == (b"abc", 0o600, {place})


def test_a_file_is_never_written_again_when_its_content_comes_again() -> None:
    version = a_version()
    before = place_of(version).stat()
    a_version(None, b"Some words.", "other.txt")
    after = place_of(version).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert storage().save(name_of(version.digest), ContentFile(b"Else.")) == name_of(version.digest)
    assert place_of(version).read_bytes() == b"Some words."


@pytest.mark.parametrize("name", ["../secret_key", "/etc/passwd", "ab/../../x", "ab\x00", ".coming/x", "AB"])
def test_no_other_place_is_reached_when_a_name_is_none_of_ours(name: str) -> None:
    with pytest.raises(SuspiciousFileOperation):
        storage().path(name)


# Altered, missing


def test_it_is_said_clearly_when_a_file_was_altered(client: Client, head: User, caplog: Any) -> None:
    version = a_version()
    place_of(version).write_bytes(b"Same words.")
    client.force_login(head)
    answer = client.get(reverse("documents:file", args=(version.pk,)))
    page = answer.content.decode()
    assert (answer.status_code, "its digest does not agree" in page, "Same words." in page) == (500, True, False)
    assert [one.levelname for one in caplog.records if one.name == "interparl.documents"] == ["WARNING"]
    with pytest.raises(Unusable, match="altered"), opened(version):
        pass


def test_it_is_said_clearly_when_a_file_is_missing(desk: Client) -> None:
    version = a_version()
    place_of(version).unlink()
    answer = desk.get(reverse("documents:file", args=(version.pk,)))
    assert (answer.status_code, "is not in its place" in answer.content.decode()) == (500, True)


def test_a_missing_file_is_there_again_when_its_content_is_handed_in() -> None:
    version = a_version()
    place_of(version).unlink()
    assert (read_waiting(), Content.objects.get().reason) == (1, "missing")
    a_version()
    with opened(version) as file:
        assert file.read() == b"Some words."
    assert (read_waiting(), Content.objects.get().state) == (1, "done")


def test_nothing_is_kept_when_what_lies_in_its_place_was_altered(desk: Client) -> None:
    version = a_version()
    place_of(version).write_bytes(b"Else.")
    answer = desk.post(NEW, sent(SimpleUploadedFile("again.txt", b"Some words.")))
    assert (answer.status_code, Document.objects.count()) == (422, 1)
    assert "was altered in its place" in answer.content.decode()


def test_the_command_names_what_is_missing_or_altered(capsys: pytest.CaptureFixture[str]) -> None:
    versions = [a_version(None, text, "a.txt") for text in (b"One.", b"Two.", b"Three.")]
    assert run(["check-files"]) == 0
    assert capsys.readouterr().out.strip() == "3 files, all in their place and unaltered."
    place_of(versions[0]).write_bytes(b"one.")
    place_of(versions[1]).unlink()
    assert dict(wrong_files()) == {versions[0].digest: "altered", versions[1].digest: "missing"}
    assert run(["check-files"]) == 2
    told = set(capsys.readouterr().err.strip().split("; "))
    assert told == {f"{versions[0].digest} was altered in its place.", f"{versions[1].digest} is not in its place."}


def test_an_attention_rule_tells_of_a_file_whose_text_could_not_be_read(head: User) -> None:
    version, _whole = a_version(), a_version(None, b"Whole.", "b.txt")
    place_of(version).write_bytes(b"Else.")
    assert read_waiting() == 2
    [rule] = [one for one in every_attention() if one.key == "documents-altered"]
    found = rule.narrow(Document.objects.all(), datetime.now(UTC).date(), head)
    assert [one.pk for one in found] == [version.document_id]


# A full disk


class Full(io.FileIO):
    """A file on a disk that takes five more bytes."""

    room = 5

    def write(self, data: Any) -> int:
        """Takes what there is room for."""
        taken = min(len(memoryview(data).cast("B")), self.room)
        if not taken:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self.room -= taken
        return super().write(memoryview(data).cast("B")[:taken])


def test_nothing_is_kept_half_when_the_disk_is_full(officer: User, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(officer)
    real = os.fdopen

    def opened_full(descriptor: int, mode: str) -> Any:
        return io.BufferedWriter(Full(descriptor, mode)) if mode == "wb" else real(descriptor, mode)

    monkeypatch.setattr("interparl.documents.actions.folder.os.fdopen", opened_full)
    answer = client.post(NEW, sent(SimpleUploadedFile("a.txt", b"More words than there is room for.")))
    page = answer.content.decode()
    assert (answer.status_code, "The disk is full" in page) == (507, True)
    assert (Document.objects.count(), Content.objects.count(), kept_files()) == (0, 0, set())
    monkeypatch.undo()
    assert client.post(NEW, sent(SimpleUploadedFile("a.txt", b"More words."))).status_code == 302


# Killed between the file and its row


def test_a_file_without_a_row_goes_after_a_day_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    held = a_version()

    def killed(*_arguments: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("interparl.documents.actions.taking.hold", killed)
    with pytest.raises(KeyboardInterrupt):
        add_version(a_document(), checked(ContentFile(b"Left alone.", "b.txt")), by=BY)
    monkeypatch.undo()
    [left] = kept_files() - {place_of(held)}
    part = folder() / COMING / "0123"
    part.write_bytes(b"half")
    moment = datetime.now(UTC)
    assert (sweep(moment), kept_files()) == (0, {place_of(held), left, part})
    long_ago = time.time() - 2 * 86_400
    for file in (left, part, place_of(held)):
        os.utime(file, (long_ago, long_ago))
    assert (sweep(moment), kept_files()) == (2, {place_of(held)})


def test_the_content_is_taken_in_again_when_it_was_left_without_a_row() -> None:
    storage().save(name_of(checked(ContentFile(b"Some words.", "a.txt")).digest), ContentFile(b"Some words."))
    version = a_version()
    assert kept_files() == {place_of(version)}


def test_files_are_swept_once_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    swept: list[datetime] = []

    def swept_at(moment: datetime) -> int:
        swept.append(moment)
        return 0

    monkeypatch.setattr("interparl.documents.actions.sweeping.sweep", swept_at)
    for days in (0, 0, 1, 1, 3):
        moment = datetime(2015, 6, 1, tzinfo=UTC) + timedelta(days=days)
        monkeypatch.setattr("interparl.documents.actions.sweeping.now", lambda moment=moment: moment)
        sweep_when_due()
    assert [one.day for one in swept] == [1, 2, 4]


# Removing


def test_the_file_goes_with_the_last_version_that_has_it(head: User, django_capture_on_commit_callbacks: Any) -> None:
    first, second = a_version(), a_version()
    with django_capture_on_commit_callbacks(execute=True):
        remove_content(first, by=head, reason="Time is over")
    assert kept_files() == {place_of(second)}
    with django_capture_on_commit_callbacks(execute=True):
        remove_content(second, by=head, reason="Time is over")
    assert (kept_files(), Content.objects.count(), Version.objects.count()) == (set(), 0, 2)
    second.refresh_from_db()
    assert (second.name, len(second.digest), second.removed_on is None) == ("words.txt", 64, False)


def test_a_file_stays_when_a_version_with_its_content_came_meanwhile(
    head: User, django_capture_on_commit_callbacks: Any
) -> None:
    first = a_version()
    with django_capture_on_commit_callbacks() as later:
        remove_content(first, by=head, reason="Time is over")
    second = a_version()
    for callback in later:
        callback()
    assert (kept_files(), release(second.digest)) == ({place_of(second)}, False)


# Together


@pytest.mark.django_db(transaction=True)
def test_one_file_is_kept_when_the_same_content_comes_twice_at_once() -> None:
    documents, together = [a_document() for _number in range(4)], Barrier(4)

    def hand_in(document: Document) -> int:
        close_old_connections()
        try:
            found = checked(ContentFile(b"The same words.", "a.txt"))
            together.wait()
            return add_version(document, found, by=BY).number
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(hand_in, documents)) == [1] * 4
    digests = set(Version.objects.values_list("digest", flat=True))
    assert (len(digests), Content.objects.count(), len(kept_files())) == (1, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_versions_are_counted_on_when_two_are_handed_in_at_once() -> None:
    document, together = a_document(), Barrier(4)

    def hand_in(number: int) -> int:
        close_old_connections()
        try:
            found = checked(ContentFile(f"Words {number}.".encode(), "a.txt"))
            together.wait()
            return add_version(document, found, by=BY).number
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(hand_in, range(4))) == [1, 2, 3, 4]


@pytest.mark.django_db(transaction=True)
def test_a_file_is_there_when_its_content_is_removed_and_handed_in_at_once() -> None:
    head = a_user("head_of_department")
    for number in range(6):
        data = f"Words {number}.".encode()
        first, document, together = a_version(None, data, "a.txt"), a_document(), Barrier(2)

        def remove(version: Version = first, together: Barrier = together) -> None:
            close_old_connections()
            try:
                together.wait()
                remove_content(version, by=head, reason="Time is over")
            finally:
                connections.close_all()

        with ThreadPoolExecutor(1) as pool:
            removing = pool.submit(remove)
            found = checked(ContentFile(data, "a.txt"))
            together.wait()
            second = add_version(document, found, by=BY)
            removing.result()
        with opened(second) as file:
            assert file.read() == data
    assert connection.vendor in ("sqlite", "postgresql")


# Elsewhere


def test_files_are_kept_by_any_storage_of_django_when_one_is_set(
    settings: Any, desk: Client, head: User, django_capture_on_commit_callbacks: Any
) -> None:
    memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = settings.STORAGES | {"files": memory}
    versions = [a_version(), a_version(), a_version(None, b"Other words.", "b.txt")]
    assert (read_waiting(), Content.objects.filter(state="done").count(), folder().exists()) == (2, 2, False)
    answer: Any = desk.get(reverse("documents:file", args=(versions[0].pk,)))
    assert (answer.status_code, answer.getvalue()) == (200, b"Some words.")
    with django_capture_on_commit_callbacks(execute=True):
        remove_content(versions[2], by=head, reason="Time is over")
    assert [storage().exists(name_of(one.digest)) for one in versions] == [True, True, False]
    storage().save(name_of("f" * 64), ContentFile(b"Left alone."))
    assert sweep(datetime.now(UTC) + timedelta(days=2)) == 1
    assert dict(wrong_files()) == {}


def test_a_bucket_is_named_by_setting() -> None:
    assert files_storage("")["BACKEND"].endswith("FolderStorage")
    found = files_storage("s3://papers/interparl?endpoint=https://objects.example.org&region=eu")
    assert found["BACKEND"] == "interparl.documents.actions.bucket.BucketStorage"
    options = {"bucket_name": "papers", "location": "interparl", "endpoint_url": "https://objects.example.org"}
    assert {name: found["OPTIONS"][name] for name in options} == options
    for wrong in ("papers", "http://papers", "s3:///x", "s3://b?secret=x", "s3://b?endpoint=http://example.org"):
        with pytest.raises(ImproperlyConfigured):
            files_storage(wrong)
