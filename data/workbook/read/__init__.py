"""From tables to figures: what the texts around a number say of it, and what has to be asked."""
