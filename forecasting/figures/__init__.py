"""What is published and asked: periods, areas, indicators, observations, targets, their tables."""
