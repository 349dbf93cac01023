"""What runs in the process that takes an uploaded workbook apart.

The server imports nothing from here, and nothing here imports more of the project than
``limits`` and ``refusal``: the process starts in hundredths of a second. ``__main__`` is what
it runs, ``open.process`` what starts it, ``confinement`` what it gives up first; ``zipped``
(with ``xlsx``, ``xlsb`` and ``ods``), ``xls``, ``encrypted`` and ``markup`` each read one form.
"""
