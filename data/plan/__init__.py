"""The plan: criteria that come with the program, and what people keep of their own plan."""
