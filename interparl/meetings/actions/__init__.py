"""What is done with events that means more than a change of one record."""
