"""What the process gives up before it reads the first byte of a file. Standard library only.

If a file took over a library that reads it, it could do what the process may do: by then that is
to compute for some seconds and to answer. Limits on resources and descriptors hold everywhere;
where the system allows, root becomes nobody in an empty directory, and the kernel refuses every
path, signal and connection (Landlock).
"""

from __future__ import annotations

import codecs
import ctypes
import gc
import os
import resource
import struct
import sys

_NOBODY = 65534
_ENCODINGS = ("ascii", "cp437", "cp936", "cp950", "cp1252", "latin-1", "mac-roman", "utf-16-le")
"""Of names and texts in workbooks."""

# Numbers of the kernel's interface, the same on every processor.
_CREATE_RULESET, _RESTRICT_SELF, _VERSION = 444, 446, 1
_NO_NEW_PRIVILEGES = 38
_FILE_RIGHTS = (13, 14, 15, 15, 16)
"""How many rights on files there are to refuse, from version 1 of Landlock on."""
_CONNECT, _SCOPED = 0b11, 0b11
"""Rights to use TCP, since version 4; to reach sockets and processes outside, since 6."""


def confine(memory: int, processor: int) -> None:
    """Give up what a reading does not need.

    Parameters
    ----------
    memory
        Bytes of address space that remain.
    processor
        Seconds of processor time that remain.
    """
    gc.disable()  # cells form no circles, and the process ends with its file
    for encoding in _ENCODINGS:  # nothing can be imported from here on
        codecs.lookup(encoding)
    _become_nobody()
    _refuse_paths()
    _limit(memory, processor)


def _become_nobody() -> None:
    """Leave root for nobody in the working directory, which is empty."""
    if os.geteuid() != 0:
        return
    try:
        os.chroot(".")
        os.setgroups([])
        os.setgid(_NOBODY)
        os.setuid(_NOBODY)
    except OSError as error:
        print(f"workbooks are read with rights of root: {error}", file=sys.stderr)


def _refuse_paths() -> None:
    """Let the kernel refuse this process every path; without Landlock do nothing."""
    if sys.platform != "linux":
        return
    kernel = ctypes.CDLL(None)
    version = kernel.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), _VERSION)
    if version < 1:
        return
    files = (1 << _FILE_RIGHTS[min(version, len(_FILE_RIGHTS)) - 1]) - 1
    known = 1 + (version >= 4) + (version >= 6)
    refused = struct.pack(f"={known}Q", *(files, _CONNECT, _SCOPED)[:known])
    rules = kernel.syscall(_CREATE_RULESET, refused, ctypes.c_size_t(len(refused)), 0)
    if rules >= 0:
        kernel.prctl(_NO_NEW_PRIVILEGES, *map(ctypes.c_ulong, (1, 0, 0, 0)))
        kernel.syscall(_RESTRICT_SELF, rules, 0)
        os.close(rules)


def _limit(memory: int, processor: int) -> None:
    """Set the limits on resources; without a descriptor no file and no connection is opened."""
    wanted = {
        resource.RLIMIT_AS: (memory, memory),
        # The first ends it by a signal that says so, the second by one that says nothing.
        resource.RLIMIT_CPU: (processor, processor + 1),
        resource.RLIMIT_FSIZE: (0, 0),
        resource.RLIMIT_CORE: (0, 0),
        resource.RLIMIT_NPROC: (0, 0),
        resource.RLIMIT_NOFILE: (0, 0),
    }
    for what, most in wanted.items():
        allowed = resource.getrlimit(what)[1]
        if allowed != resource.RLIM_INFINITY:
            most = (min(most[0], allowed), min(most[1], allowed))
        resource.setrlimit(what, most)
