"""What runs in the process that takes an uploaded workbook apart.

Nothing here is imported by the server, and nothing here imports more of the project than
``limits`` and ``refusal``: the process starts in hundredths of a second. ``__main__`` is what
it runs, ``opening_process`` what starts it, ``confinement`` what it gives up first.
"""
