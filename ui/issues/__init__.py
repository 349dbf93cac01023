"""Issues and their links: issuing an outlook, the list of issues, links to them."""
