"""Areas: the places that tables name, and the areas that figures are kept of."""
