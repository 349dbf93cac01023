"""The page of a scenario: sliders, what moves most, and the least that it takes."""
