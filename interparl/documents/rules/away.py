"""One error for a store of files that cannot be asked, whatever it is made of."""


class StoreAway(OSError):
    """Where files are kept does not answer, or refuses us."""
