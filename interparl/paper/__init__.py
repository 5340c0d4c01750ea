"""Paper: blocks as a printed book, by Typst, and as a Word file; knows nothing of what the records are about."""
