"""Input and output: settings, the store with its migrations, and seeding."""
