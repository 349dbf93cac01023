"""The three big things: what each claims, where it stands, and how likely its quantities come."""
