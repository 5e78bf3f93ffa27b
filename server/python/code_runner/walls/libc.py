"""System calls that Python's library does not offer."""
import ctypes
import os
import struct

MACHINE = os.uname().machine
_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long

# The C library's own. Python's `os.fork` repairs locks and threads as well, of which the helper has one, and costs a tenth of a
# candidate. The caller seeds `random`.
fork = ctypes.PyDLL(None).fork

_PRCTL = {"x86_64": 157, "aarch64": 167}
_CAPSET = {"x86_64": 126, "aarch64": 91}

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS = 1, 4, 38


def prepared(number, *args):
    """A function that makes this system call. Its arguments are made now, so that a new process need not."""
    call, arguments = _libc.syscall, (ctypes.c_long(number), *[ctypes.c_void_p(a) if isinstance(a, int) else a for a in args])

    def run():
        result = call(*arguments)
        if result < 0:
            error = ctypes.get_errno()
            raise OSError(error, os.strerror(error))
        return result

    return run


def syscall(number, *args):
    """Result of the system call; raises OSError."""
    return prepared(number, *args)()


def prctl_call(option, value):
    """A function that makes this prctl call."""
    return prepared(_PRCTL[MACHINE], option, value, 0, 0, 0)


def prctl(option, value):
    prctl_call(option, value)()


def drop_capabilities_call():
    """A function that gives up every capability of the process; they cannot come back once no_new_privs is set."""
    header = ctypes.create_string_buffer(struct.pack("<Ii", 0x20080522, 0), 8)
    return prepared(_CAPSET[MACHINE], header, ctypes.create_string_buffer(24))
