"""Sliders that answer while they are dragged: one component without a frame or a build step."""
