"""What is wrong or late in meetings."""
