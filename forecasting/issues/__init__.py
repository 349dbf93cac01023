"""Snapshots: an outlook as it was issued, frozen into one document that never changes."""
