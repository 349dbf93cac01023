"""What every page stands in: address, session, navigation, controls, style, cache and errors."""
