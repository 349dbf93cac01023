"""People: how they sign in, what is refused to whom, and the page of the administrator."""
