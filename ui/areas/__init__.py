"""Areas: their places beside each other, and how they are added and changed."""
