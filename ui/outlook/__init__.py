"""What an outlook says and shows in several features: sentences, headlines, panels."""
