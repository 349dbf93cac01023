"""What a forecast is and how it is made: pure functions of their arguments.

Nothing here reads a file, a clock, a database or the network, draws a picture or keeps
state; every random draw takes a seed. Only ``__main__`` opens files, to prove that the
whole answer can be had without the app.
"""
