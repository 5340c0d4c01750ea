"""Benchmarks: our pages beside a floor of plain Django, measured in one run; ratios and query counts decide."""
