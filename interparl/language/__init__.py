"""Letters, words and numbers of languages: order, folding, cleaning, scripts, plurals. Knows no database and no web."""
