"""How long documents are kept: classes, holds, removal of content, erasure of a person, and backups with the files."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from interparl.accounts.models import User
from interparl.administration.actions import CannotRestore, backups, make_backup, restore
from interparl.administration.actions.archives import opened_archive
from interparl.core.addresses import address
from interparl.core.hooks import every_attention
from interparl.core.kinds import every_record
from interparl.core.models import Entry
from interparl.core.removing import remove
from interparl.core.sealing import findings, seal
from interparl.core.writing import Refused
from interparl.directory.actions import obstacles
from interparl.documents.actions import add_version, checked, opened, read_waiting, remove_content
from interparl.documents.actions.storing import name_of
from interparl.documents.models import Content, Document, KeepingHold, KeepingRule, Version
from tests import makers
from tests.elsewhere import database, empty_file
from tests.erasing import an_erasure, asked, done
from tests.makers import BY, a_document, a_version, kept
from tests.merging import merged
from tests.samples import a_record

pytestmark = pytest.mark.django_db
own = pytest.mark.usefixtures("own_folder")
DAY = date(2015, 6, 1)


def a_rule(document_kind: str = "letter", years: int = 5, **values: Any) -> KeepingRule:
    return kept(a_draft_rule(document_kind, years, **values))


def a_draft_rule(document_kind: str, years: int, **values: Any) -> KeepingRule:
    return KeepingRule(
        document_kind=document_kind,
        years=years,
        basis="Act 99-Z",
        title={"en": {"text": "R", "state": "reviewed", "of": ""}},
        **values,
    )


def files() -> list[Path]:
    folder = Path(settings.FOLDER) / "files"
    return sorted(one for one in folder.rglob("*") if one.is_file())


# Classes and holds


@own
def test_a_document_is_due_when_its_years_are_over_and_content_is_there() -> None:
    rule = a_rule()
    due = a_document(dated_on="2010-05-31")
    not_yet = a_document(dated_on="2010-06-02")
    some_day = a_document(dated_on="2010")
    other_kind = a_document(dated_on="2001", document_kind="report")
    without_file = a_document(dated_on="2001")
    for number, document in enumerate((due, not_yet, other_kind, some_day)):
        a_version(document, f"Words {number}.".encode())
    assert list(rule.due(DAY)) == [due]
    assert without_file not in rule.due(date(2050, 1, 1))
    assert set(rule.due(date(2015, 6, 2))) == {due, not_yet}
    assert set(rule.due(date(2015, 12, 31))) == {due, not_yet, some_day}


@own
def test_the_day_of_the_newest_version_counts_when_there_is_none_on_the_document() -> None:
    rule, document = a_rule(), a_document()
    with time_machine.travel(datetime(2008, 1, 1, 12, tzinfo=UTC), tick=False):
        a_version(document)
    assert list(rule.due(DAY)) == [document]
    with time_machine.travel(datetime(2012, 1, 1, 12, tzinfo=UTC), tick=False):
        a_version(document, b"Other words.")
    assert list(rule.due(DAY)) == []


@own
def test_the_longest_class_of_a_kind_counts() -> None:
    short, long = a_rule(), a_rule(years=10)
    document = a_document(dated_on="2008")
    a_version(document)
    assert (list(short.due(DAY)), list(long.due(DAY)), list(long.due(date(2019, 1, 1)))) == ([], [], [document])


@own
def test_nothing_is_due_or_removed_as_long_as_a_hold_is_in_force(head: User) -> None:
    rule, document = a_rule(), a_document(dated_on="2001")
    version = a_version(document)
    hold = kept(KeepingHold(document=document, grounds="Court case", since="2015"))
    assert (list(rule.due(DAY)), list(rule.due(date(2014, 1, 1)))) == ([], [document])
    with pytest.raises(Refused, match="held back"):
        remove_content(version, by=head, reason="Time is over")
    remove(hold, by=BY)
    remove_content(version, by=head, reason="Time is over")
    version.refresh_from_db()
    assert (version.is_held, list(rule.due(DAY))) == (False, [])
    with pytest.raises(Refused, match="removed already"):
        remove_content(version, by=head, reason="Again")


@own
def test_what_is_due_is_listed_and_removed_step_by_step(client: Client, head: User) -> None:
    rule, document = a_rule(), a_document(None, "Old letter", dated_on="2001")
    version = a_version(document)
    client.force_login(head)
    page = client.get(address(("documents.keepingrule", rule.pk)))
    assert "Old letter" in page.content.decode()
    [attention] = [one for one in every_attention() if one.key == "documents-due"]
    assert list(attention.narrow(KeepingRule.objects.all(), DAY, head)) == [rule]
    url = reverse("documents:file-remove", args=(version.pk,))
    assert url in client.get(address(("documents.document", document.pk))).content.decode()
    assert (client.get(url).status_code, client.post(url, {}).status_code) == (200, 422)
    assert client.post(url, {"reason": "Five years are over"}).status_code == 302
    entry = Entry.objects.filter(kind="documents.version", object_id=version.pk).latest("pk")
    assert (entry.verb, entry.note, entry.user) == ("content_removed", "Five years are over", head)
    answer = client.get(reverse("documents:file", args=(version.pk,)))
    assert (answer.status_code, "The content of this version was removed." in answer.content.decode()) == (410, True)
    shown = client.get(address(("documents.document", document.pk))).content.decode()
    assert [words in shown for words in ("words.txt", version.digest[:16], "The content was removed.")] == [True] * 3
    history = client.get(address(("documents.document", document.pk), "history")).content.decode()
    assert [words in history for words in ("content removed", version.digest, "Five years are over")] == [True] * 3


@own
def test_no_officer_removes_content_or_sets_classes(desk: Client) -> None:
    version, rule = a_version(), a_rule()
    assert desk.get(reverse("documents:file-remove", args=(version.pk,))).status_code == 403
    assert desk.get("/desk/documents/keeping/new/").status_code == 403
    assert desk.get(address(("documents.keepingrule", rule.pk), "edit")).status_code == 403
    history = desk.get(address(("documents.document", version.document_id), "history"))
    lines = {line.entry.kind: line.revert_url for line in history.context["lines"]}
    assert lines["documents.version"] == "" or desk.post(lines["documents.version"], {"reason": "x"}).status_code == 403


@own
def test_nobody_takes_back_that_content_was_removed(client: Client, head: User) -> None:
    version = a_version()
    remove_content(version, by=head, reason="Time is over")
    client.force_login(head)
    entry = Entry.objects.filter(kind="documents.version").latest("pk")
    base = address(("documents.document", version.document_id), "history")
    assert client.post(f"{base}{entry.pk}/revert/", {"reason": "Back"}).status_code == 403


# A person is erased


@own
def test_documents_on_a_person_go_with_their_files_when_he_is_erased(
    head: User, django_capture_on_commit_callbacks: Any
) -> None:
    person = makers.a_person()
    secret = a_document(
        person, "Quillwhisper’s letter", note={"en": {"text": "Private", "state": "reviewed", "of": ""}}
    )
    a_version(secret, b"Quillwhisper wrote.", "quillwhisper.txt")
    other = a_version()
    read_waiting()
    with django_capture_on_commit_callbacks(execute=True):
        done(asked(person, "anonymise"), head)
    assert (list(Document.objects.all()), list(Version.objects.all())) == ([other.document], [other])
    assert files() == [Path(settings.FOLDER) / "files" / name_of(other.digest)]
    assert Content.objects.count() == 1
    for entry in Entry.objects.filter(kind__startswith="documents."):
        assert "uillwhisper" not in f"{entry.changes} {entry.note}", entry
    seal(datetime.now(UTC))
    assert findings() == []


@own
def test_a_published_document_stays_when_an_office_holder_is_erased(head: User) -> None:
    published: dict[str, Any] = {"mark": "public", "published_on": date(2014, 1, 1)}
    person = makers.a_mandate(makers.a_person(**published)).person
    public = a_document(person, "Report of the deputy", **published)
    internal = a_document(person, "Note", mark="internal")
    done(asked(person, "erase"), head)
    assert list(Document.objects.values_list("pk", flat=True)) == [public.pk]
    assert Document.objects.get().title["en"]["text"] == "Report of the deputy"
    assert internal.pk != public.pk


@own
def test_nobody_is_erased_when_a_document_of_his_is_held_back(head: User) -> None:
    person = makers.a_person()
    hold = kept(KeepingHold(document=a_document(person), grounds="Court case"))
    erasure = an_erasure(person)
    assert [str(one) for one in obstacles(erasure, DAY, head)] == ["A document that would go is held back."]
    remove(hold, by=BY)
    assert obstacles(erasure, DAY, head) == []


@own
def test_documents_follow_when_their_record_is_merged(head: User) -> None:
    first, second = makers.a_person(), makers.a_person()
    document = a_document(second)
    version = a_version(document)
    merged(first, second, head)
    document.refresh_from_db()
    assert (document.whole, document.versions.get()) == (("directory.person", first.pk), version)


@own
@pytest.mark.parametrize("data", [b"Some words.", b"Other words."])
def test_no_file_is_lost_when_both_of_two_that_are_merged_have_a_document_of_one_name(head: User, data: bytes) -> None:
    first, second = makers.a_person(), makers.a_person()
    versions = [a_version(a_document(first)), a_version(a_document(second), data)]
    try:
        merged(first, second, head)
    except Refused:
        assert Version.objects.count() == 2
        return
    assert set(Version.objects.values_list("digest", flat=True)) == {one.digest for one in versions}
    assert {one.whole for one in Document.objects.all()} == {("directory.person", first.pk)}


# Backups


@pytest.fixture
def _elsewhere(django_db_blocker: DjangoDbBlocker, settings: Any, tmp_path: Path) -> Any:
    settings.FOLDER = tmp_path / "data"
    settings.FOLDER.mkdir()
    with django_db_blocker.unblock():
        yield


@pytest.mark.slow
@pytest.mark.usefixtures("_elsewhere")
def test_files_come_back_with_their_digests_when_a_backup_is_restored(settings: Any, tmp_path: Path) -> None:
    with database(empty_file(tmp_path / "one.sqlite3")):
        version = a_version(None, b"Words to keep.", "a.txt")
        coming = settings.FOLDER / "files" / ".coming" / "half"
        coming.write_bytes(b"half")
        made = make_backup(tmp_path / "backup.zip")
        digest = version.digest
    assert [(one.path, one.sha256) for one in made.manifest.files] == [(f"files/{name_of(digest)}", digest)]
    settings.FOLDER = tmp_path / "other"
    with database(tmp_path / "new" / "two.sqlite3"):
        restore(made.path)
        [there] = Version.objects.all()
        with opened(there) as file:
            assert file.read() == b"Words to keep."
    (settings.FOLDER / "files" / name_of(digest)).write_bytes(b"Else.")
    with database(tmp_path / "new" / "three.sqlite3"), pytest.raises(CannotRestore, match="has another file"):
        restore(made.path)


@pytest.mark.usefixtures("_elsewhere")
def test_a_backup_is_whole_when_a_file_goes_while_it_is_made(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database(empty_file(tmp_path / "one.sqlite3")):
        gone, stays = a_version(None, b"Goes.", "a.txt"), a_version(None, b"Stays.", "b.txt")
        listed = backups._files

        def then_gone() -> list[Path]:
            found = listed()
            (settings.FOLDER / "files" / name_of(gone.digest)).unlink()
            return found

        monkeypatch.setattr(backups, "_files", then_gone)
        made = make_backup(tmp_path / "backup.zip")
        assert [one.sha256 for one in made.manifest.files] == [stays.digest]
    with opened_archive(made.path) as (archive, _manifest):
        assert archive.testzip() is None


@own
def test_a_document_may_be_attached_to_a_record_of_every_kind(head: User) -> None:
    for model in every_record():
        host = a_record(model)
        if model.is_pointer:
            # Above official use no content is kept here.
            with pytest.raises(Refused, match="marked no lower"):
                a_document(host, mark="official")
            continue
        assert a_document(host).whole == (model.record_kind(), host.pk)


@own
def test_a_version_is_added_by_name_of_its_file_when_the_document_has_one() -> None:
    version = add_version(a_document(), checked(ContentFile(b"Words.", "../x.txt")), by=BY)
    assert version.name == "x.txt"
