"""Files of documents in a bucket: the same promises as in the data folder, over HTTP."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from interparl.accounts.models import User
from interparl.config.file_settings import files_storage
from interparl.documents.actions import read_waiting, remove_content, wrong_files
from interparl.documents.actions.storing import name_of, storage
from interparl.documents.actions.sweeping import sweep
from interparl.documents.models import Content, Version
from tests.bucket import Bucket, bucket
from tests.makers import a_version

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folder")]
KEY, FOLDER = "OURS", "inter parl"


@pytest.fixture
def papers(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bucket]:
    """A bucket that this installation keeps its files in."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "a secret for tests only")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    with bucket("papers", KEY) as held:
        address = f"s3://papers/inter%20parl?endpoint={held.endpoint}&region=eu&style=path"
        settings.STORAGES = settings.STORAGES | {"files": files_storage(address)}
        yield held


def place_of(version: Version) -> str:
    return f"{FOLDER}/{name_of(version.digest)}"


def test_files_are_kept_once_read_and_given_out(papers: Bucket, desk: Client) -> None:
    first, again = a_version(), a_version()
    assert list(papers.objects) == [place_of(first)] == [place_of(again)]
    assert [one for one in papers.asked if one.startswith("PUT")] == [
        f"PUT /papers/inter%20parl/{name_of(first.digest)}"
    ]
    assert (read_waiting(), Content.objects.get().state) == (1, Content.State.DONE)
    answer: Any = desk.get(reverse("documents:file", args=(first.pk,)))
    assert (answer.status_code, answer.getvalue()) == (200, b"Some words.")


def test_a_large_file_comes_in_parts_and_is_whole(papers: Bucket, desk: Client) -> None:
    data = b"%PDF-1.4\n" + b"0123456789abcdef" * 700_000
    file = SimpleUploadedFile("large.txt", data.replace(b"%PDF-1.4", b"words of"))
    values = {"document_kind": "letter", "mark": "internal", "grade": "stated", "files": [file]}
    assert desk.post("/desk/documents/new/", values).status_code == 302
    version = Version.objects.get()
    assert max(map(len, papers.parts["upload-0"].values())) < len(data)
    held, _at = papers.objects[place_of(version)]
    assert (len(held), hashlib.sha256(held).hexdigest()) == (len(data), version.digest)
    answer: Any = desk.get(reverse("documents:file", args=(version.pk,)))
    assert hashlib.sha256(answer.getvalue()).hexdigest() == version.digest


def test_what_was_altered_or_is_missing_is_named_and_not_given_out(papers: Bucket, desk: Client) -> None:
    altered, missing = a_version(), a_version(None, b"Other words.", "b.txt")
    papers.objects[place_of(altered)] = (b"Some worms.", datetime.now(UTC))
    del papers.objects[place_of(missing)]
    assert dict(wrong_files()) == {altered.digest: "altered", missing.digest: "missing"}
    for version in (altered, missing):
        assert desk.get(reverse("documents:file", args=(version.pk,))).status_code == 500


def test_content_goes_with_its_last_version_and_what_nobody_has_after_a_day(
    papers: Bucket, head: User, django_capture_on_commit_callbacks: Any
) -> None:
    gone, stays = a_version(), a_version(None, b"Other words.", "b.txt")
    with django_capture_on_commit_callbacks(execute=True):
        remove_content(gone, by=head, reason="Time is over")
    assert list(papers.objects) == [place_of(stays)]
    storage().save(name_of("f" * 64), ContentFile(b"Left alone."))
    assert (sweep(datetime.now(UTC)), len(papers.objects)) == (0, 2)
    assert sweep(datetime.now(UTC) + timedelta(days=2)) == 1
    assert list(papers.objects) == [place_of(stays)]


def test_nothing_is_written_when_the_bucket_refuses(papers: Bucket, desk: Client) -> None:
    papers.key = "THEIRS"
    desk.raise_request_exception = False
    file = SimpleUploadedFile("a.txt", b"Some words.")
    values = {"document_kind": "letter", "mark": "internal", "grade": "stated", "files": [file]}
    answer = desk.post("/desk/documents/new/", values)
    assert (answer.status_code, "Files cannot be reached" in answer.content.decode()) == (503, True)
    assert (Version.objects.count(), papers.objects) == (0, {})


def test_an_address_is_refused_when_it_could_lead_elsewhere_or_lacks_its_packages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for wrong in ("http://127.0.0.1.example.org", "http://localhost.example.org", "ftp://localhost", "//localhost"):
        with pytest.raises(ImproperlyConfigured, match="endpoint"):
            files_storage(f"s3://papers?endpoint={wrong}")
    with pytest.raises(ImproperlyConfigured, match="style"):
        files_storage("s3://papers?style=x")
    monkeypatch.setitem(sys.modules, "botocore.config", None)
    with pytest.raises(ImproperlyConfigured, match=r"interparl\[s3\]"):
        files_storage("s3://papers")
