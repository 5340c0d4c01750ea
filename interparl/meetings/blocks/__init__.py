"""What meetings show on their own pages and on those of lower areas, as values."""
