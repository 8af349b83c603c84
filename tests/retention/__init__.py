"""What is kept for five years, and how it is let go."""
