"""Writing names in another script by a named system; each system is a table in `data/transliteration`."""

from interparl.language.transliteration.reading import SYSTEMS, transliterate
from interparl.language.transliteration.systems import Source, System, with_cyrillic_i

__all__ = ["SYSTEMS", "Source", "System", "transliterate", "with_cyrillic_i"]
