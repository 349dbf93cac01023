"""The ledger of tasks: how far each is, and what late ones hold back."""
