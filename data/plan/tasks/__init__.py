"""The ledger of tasks as files: read as offices keep it, written, and empty to be filled in."""
