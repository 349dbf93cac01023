"""What if: changes applied to the paths of a baseline, without a refit."""
