"""Second readings of data and rules, which import nothing of the product."""
