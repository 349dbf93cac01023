"""From published figures to the series that is modelled: shares, chaining, comparable levels."""
