"""Finding through the index: words that are alike, the rarest first, then the likeness of whole spellings."""

from interparl.search.search.finder import IndexFinder

__all__ = ["IndexFinder"]
