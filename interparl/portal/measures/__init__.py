"""What the public page counts."""

from interparl.portal.measures.counting import (
    GROUPS,
    Counted,
    Facts,
    facts_of,
    facts_on,
    map_levels,
    partners_sentence,
)
from interparl.portal.measures.meetings import COUNTERPARTS, Told, moment_of, talks_sentence, talks_words

__all__ = [
    "COUNTERPARTS",
    "GROUPS",
    "Counted",
    "Facts",
    "Told",
    "facts_of",
    "facts_on",
    "map_levels",
    "moment_of",
    "partners_sentence",
    "talks_sentence",
    "talks_words",
]
