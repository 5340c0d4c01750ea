"""How a count is told to the public without becoming stale next week."""


def more_than(count: int) -> int | None:
    """N of "More than N": the largest ten strictly below the count; None when the count is ten or less."""
    if count <= 10:
        return None
    return (count - 1) // 10 * 10
