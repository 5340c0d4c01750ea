"""Tables that people hand in, from CSV, workbooks, JSON or pasted text, read without a database."""

from interparl.exchange.rules.tables.pasting import read_pasted
from interparl.exchange.rules.tables.reading import read_table
from interparl.exchange.rules.tables.table import Asked, Recognised, TableFile, TableRow, cell_text

__all__ = ["Asked", "Recognised", "TableFile", "TableRow", "cell_text", "read_pasted", "read_table"]
