"""The index of names: words, the keys under which they are looked up, spellings of records, and which words they hold.

Ordinary tables that any database reads alike. They are made of what labels are made of, so they hold nothing that a
reader of the record may not know; they are no records and no backup needs them.
"""

from __future__ import annotations

from django.db import models

LONGEST_WORD, LONGEST_SPELLING = 60, 400


class Word(models.Model):
    """A folded word that stands in some spelling, with the ways in which it sounds, parted by spaces.

    Each stands once, but that no constraint insists on: two writers who meet a new word at once need not wait for each
    other, and a word that stands twice is found twice.
    """

    text = models.CharField(max_length=LONGEST_WORD, db_index=True)
    sounds = models.TextField()

    class Meta:
        # Nobody but the finder reads these.
        default_permissions = ()

    def __str__(self) -> str:
        return self.text


class Key(models.Model):
    """A key of a word: as it sounds, one letter less of that, or its stem (`language.name_keys`)."""

    text = models.CharField(max_length=LONGEST_WORD, db_index=True)
    word = models.ForeignKey(Word, models.DO_NOTHING, related_name="keys", db_constraint=False)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.text


class Spelling(models.Model):
    """One way to write what a record is called: a label, another name, a code; folded as well."""

    kind = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    text = models.CharField(max_length=LONGEST_SPELLING)
    folded = models.CharField(max_length=LONGEST_SPELLING)

    class Meta:
        default_permissions = ()
        indexes = (models.Index(fields=["kind", "object_id"], name="spelling_of"),)

    def __str__(self) -> str:
        return self.text


class Posting(models.Model):
    """That a spelling holds a word; kind and id of its record stand beside, for the rights of the reader."""

    word = models.ForeignKey(Word, models.DO_NOTHING, related_name="postings", db_constraint=False, db_index=False)
    spelling = models.ForeignKey(
        Spelling, models.DO_NOTHING, related_name="postings", db_constraint=False, db_index=False
    )
    kind = models.CharField(max_length=60)
    object_id = models.BigIntegerField()

    class Meta:
        default_permissions = ()
        indexes = (
            models.Index(fields=["word", "kind", "object_id", "spelling"], name="posting_word"),
            models.Index(fields=["spelling", "word"], name="posting_spelling"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
