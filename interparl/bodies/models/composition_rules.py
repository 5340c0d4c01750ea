"""Rules of composition as rows with a source and a validity (design 2.6); what they ask for is computed in `rules`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from interparl.bodies.models.bodies import Body
from interparl.bodies.rules.composition import Counts, Family, Rule
from interparl.bodies.rules.shares import BadShare, share_of
from interparl.core.fields import LineField
from interparl.core.formats import language_name
from interparl.core.querysets import DatedQuerySet
from interparl.core.records import Dated, Problem, Problems, named
from interparl.core.translated import TranslatedField, texts_of
from interparl.directory.models import Chamber, Organisation, Parliament
from interparl.language.folding import fold

# What a rule of each family takes: one at least of each group of fields.
TAKES: dict[str, tuple[tuple[str, ...], ...]] = {
    Family.SIZE: (("least", "most"),),
    Family.CHAMBER: (("chamber",), ("least", "most")),
    Family.SEX: (("least", "share"),),
    Family.SINGLE_SEX: (("most",),),
    Family.YOUTH: (("age",), ("least", "share")),
    Family.FACTION: (("most", "share"),),
    Family.NATIONALITY: (("most", "share"),),
    Family.SITTING: (),
    Family.HEADS: (("most",),),
    Family.SITS: (("most",),),
    Family.LANGUAGE: (("language",), ("least",)),
    Family.DECIDED: (),
}
NUMBERS = ("least", "most", "share", "chamber", "age", "language")


def check_share(text: str) -> None:
    """Validator of a share; says in one sentence what is wrong."""
    try:
        share_of(text)
    except BadShare as error:
        message = _("“%(text)s” is not a share. Write 1/3 or 30 %%.")
        raise ValidationError(message, code="share", params={"text": text}) from error


class CompositionRuleQuerySet(DatedQuerySet["CompositionRule"]):
    """Questions about rules of composition."""


class CompositionRule(Dated):
    """What a composition has to be like, from a day to a day, as one source says.

    It holds for the bodies that fit all that it names: those sent to the organisation, those in which the parliament
    has a part (and then for that part alone), those of the kind, that one body. Rules of one family and scope in
    different versions are what different sources say, and are shown side by side.
    """

    class Family(models.TextChoices):
        """What it is about (`rules.composition.Family`)."""

        SIZE = "size", _("size")
        CHAMBER = "chamber", _("share of a chamber")
        SEX = "sex", _("least share of each sex")
        SINGLE_SEX = "single-sex", _("delegations of one sex in a row")
        YOUTH = "youth", _("young members")
        FACTION = "faction", _("largest faction")
        NATIONALITY = "nationality", _("largest nationality")
        SITTING = "sitting", _("sitting members alone")
        HEADS = "heads", _("how many bodies one person heads")
        SITS = "sits", _("in how many bodies one person sits")
        LANGUAGE = "language", _("people with a language")
        DECIDED = "decided", _("who must decide")

    class Counts(models.TextChoices):
        """Which people it looks at."""

        ALL = "all", _("members and substitutes")
        FULL = "full", _("full members")
        SUBSTITUTES = "substitutes", _("substitutes")

    family = models.CharField(_("family"), max_length=20, choices=Family)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("organisation"), related_name="rules", null=True, blank=True
    )
    parliament = models.ForeignKey(
        Parliament, models.PROTECT, verbose_name=_("parliament"), related_name="rules", null=True, blank=True
    )
    body_kind = models.CharField(_("kind of body"), max_length=30, choices=Body.Kind, blank=True)
    body = models.ForeignKey(Body, models.PROTECT, verbose_name=_("body"), related_name="rules", null=True, blank=True)
    counts = models.CharField(_("whom it counts"), max_length=12, choices=Counts, default=Counts.ALL)
    least = models.PositiveSmallIntegerField(_("at least"), null=True, blank=True)
    most = models.PositiveSmallIntegerField(_("at most"), null=True, blank=True)
    share = LineField(_("share"), max_length=12, blank=True, validators=[check_share])
    chamber = models.ForeignKey(
        Chamber, models.PROTECT, verbose_name=_("chamber"), related_name="rules", null=True, blank=True
    )
    age = models.PositiveSmallIntegerField(_("younger than"), null=True, blank=True)
    language = LineField(_("language"), max_length=12, blank=True)
    organ = TranslatedField(_("organ that decides"), blank=True)
    from_size = models.PositiveSmallIntegerField(_("from so many people on"), default=0, blank=True)
    version = LineField(_("version"), max_length=60, blank=True)
    is_binding = models.BooleanField(_("binding"), default=True)
    consequence = TranslatedField(_("what follows when it is broken"), blank=True, long=True)

    objects = CompositionRuleQuerySet.as_manager()
    labelled = True
    label_needs = ("chamber",)
    # Its words name the chamber.
    reads_through = ("organisation", "parliament", "body", "chamber")

    class Meta:
        verbose_name = _("rule of composition")
        verbose_name_plural = _("rules of composition")

    def label_in(self, language: str) -> str:
        """The rule in words."""
        with override(language):
            return self.in_words(language)

    def also_known(self) -> list[str]:
        """Its version, and the organ that decides."""
        return [text for text in (self.version, *texts_of(self.organ).values()) if text]

    @cached_property
    def rule(self) -> Rule:
        """The rule as it is computed with, as the row was when that was first asked."""
        kind = frozenset({self.body_kind}) if self.body_kind else frozenset[str]()
        return Rule(
            self.pk or 0,
            Family(self.family),
            least=self.least,
            most=self.most,
            share=self._share(),
            counts=Counts(self.counts),
            chamber=self.chamber_id,
            age=self.age,
            language=self.language,
            organs=organ_names(self.organ),
            from_size=self.from_size,
            kinds=kind,
            scope="/".join(str(one or "") for one in self.scope),
            version=self.version,
        )

    @property
    def scope(self) -> tuple[int | None, int | None, str, int | None]:
        """The bodies that it holds for: organisation, parliament, kind and body; what is empty is whichever."""
        return self.organisation_id, self.parliament_id, self.body_kind, self.body_id

    def _share(self) -> Fraction | None:
        try:
            return share_of(self.share) if self.share else None
        except BadShare:
            return None

    def in_words(self, language: str) -> str:
        """What it asks for, in the language that is active; names in that language."""
        words = _WORDS[Family(self.family)](self, language)
        if self.from_size:
            words += " " + _("(from %(number)s people on)") % {"number": self.from_size}
        return words

    def range_words(self) -> str:
        """The numbers that it asks for: “exactly 8”, “from 6 to 10”, “at most 1/3”."""
        least, most = self.least, self.most
        if least is not None and most is not None:
            if least == most:
                return _("exactly %(number)s") % {"number": least}
            return _("from %(least)s to %(most)s") % {"least": least, "most": most}
        bound = least if least is not None else most
        is_least = least is not None or (most is None and self.family in (Family.SEX, Family.YOUTH))
        parts = [str(one) for one in (bound, self.share) if one not in (None, "")]
        pattern = _("at least %(number)s") if is_least else _("at most %(number)s")
        return pattern % {"number": str(_(" and ")).join(parts)}

    @classmethod
    def problems(cls, records: Sequence[Self]) -> Problems:
        """Refuses what says nothing, contradicts itself, or holds for everything there is."""
        found = super().problems(records)
        for position, record in enumerate(records):
            for problem in _wrong_in(record):
                found.add(position, problem)
        return found


def organ_names(stored: object) -> frozenset[str]:
    """The names of an organ in whatever languages, folded: two organs are one when they share a name."""
    return frozenset(fold(text) for text in texts_of(stored).values())  # type: ignore[arg-type]


def _wrong_in(record: CompositionRule) -> Iterator[Problem]:
    if not any(record.scope):
        message = _("Name what it holds for: an organisation, a parliament, a kind of body or one body.")
        yield Problem("no-scope", message, "organisation")
    if record.least is not None and record.most is not None and record.least > record.most:
        yield Problem("contradiction", _("At least is more than at most: nothing could keep it."), "most")
    taken = TAKES.get(record.family, ())
    for group in taken:
        if not any(_is_given(record, name) for name in group):
            yield Problem("incomplete", _missing(record, group), group[0])
    allowed = {name for group in taken for name in group}
    for name in NUMBERS:
        if _is_given(record, name) and name not in allowed:
            yield Problem("superfluous", _("A rule of this family does not take this."), name)


def _is_given(record: CompositionRule, name: str) -> bool:
    return getattr(record, f"{name}_id" if name == "chamber" else name) not in (None, "")


def _missing(record: CompositionRule, group: Sequence[str]) -> str | Promise:
    labels = [str(record._meta.get_field(name).verbose_name) for name in group]  # type: ignore[union-attr]
    return _("A rule of this family needs: %(fields)s.") % {"fields": str(_(" or ")).join(labels)}


def _subject(rule: CompositionRule) -> str:
    words = {
        Counts.ALL: _("Members and substitutes"),
        Counts.FULL: _("Full members"),
        Counts.SUBSTITUTES: _("Substitutes"),
    }
    return str(words[Counts(rule.counts)])


def _of_size(rule: CompositionRule, _language: str) -> str:
    return f"{_subject(rule)}: {rule.range_words()}"


def _of_chamber(rule: CompositionRule, language: str) -> str:
    chamber = rule.chamber
    name = (named(chamber.short_name, language) or named(chamber.name, language) or str(chamber)) if chamber else ""
    return f"{_subject(rule)}, {name}: {rule.range_words()}"


def _numbered(pattern: str | Promise) -> Callable[[CompositionRule, str], str]:
    return lambda rule, _language: f"{pattern}: {rule.range_words()}"


def _per_kind(pattern: str | Promise) -> Callable[[CompositionRule, str], str]:
    def words(rule: CompositionRule, _language: str) -> str:
        kind = f" ({rule.get_body_kind_display()})" if rule.body_kind else ""
        return f"{pattern}{kind}: {rule.range_words()}"

    return words


def _of_youth(rule: CompositionRule, _language: str) -> str:
    words = _("Younger than %(age)s") % {"age": rule.age}
    return f"{words}: {rule.range_words()}"


def _of_language(rule: CompositionRule, language: str) -> str:
    name = language_name(rule.language, language)
    words = _("People who speak: %(language)s") % {"language": name}
    return f"{words}; {rule.range_words()}"


def _of_sitting(_rule: CompositionRule, _language: str) -> str:
    return str(_("Sitting members of parliament alone"))


def _of_decided(rule: CompositionRule, language: str) -> str:
    organ = named(rule.organ, language) or next(iter(texts_of(rule.organ).values()), "")
    return _("By a decision: %(organ)s") % {"organ": organ} if organ else str(_("By a decision"))


_WORDS: dict[Family, Callable[[CompositionRule, str], str]] = {
    Family.SIZE: _of_size,
    Family.CHAMBER: _of_chamber,
    Family.SEX: _numbered(_("Women and men, of each")),
    Family.SINGLE_SEX: _numbered(_("Delegations of one sex alone, in a row")),
    Family.YOUTH: _of_youth,
    Family.FACTION: _numbered(_("Largest faction")),
    Family.NATIONALITY: _numbered(_("Largest nationality")),
    Family.SITTING: _of_sitting,
    Family.HEADS: _per_kind(_("Bodies that one person heads")),
    Family.SITS: _per_kind(_("Bodies in which one person sits")),
    Family.LANGUAGE: _of_language,
    Family.DECIDED: _of_decided,
}
