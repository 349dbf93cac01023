"""Can it be trusted: past years judged from their origins, and scored."""
