"""
The system call filters of a box. Two, because putting up a filter is the dearest of the walls:

- `box_filter`, once for the helper and inherited by every candidate: an allow-list of what computing needs and what the
  helper needs; everything else answers "not permitted". Creating a file is not decided in it but by the helper, which
  counts (`SECCOMP_RET_USER_NOTIF`).
- `CandidateFilter`, in every candidate: takes away what only the helper needs. No new processes, no sockets, no signals to
  anybody else, no SIGKILL and SIGSTOP even to itself (a candidate that vanishes by SIGKILL was therefore ended from
  outside), no changed limits or users, no further filters.

Other programs, changed file modes and owners, timers and descriptors that send signals are in neither.
"""
import ctypes
import errno
import struct

from walls.libc import MACHINE, prepared
from walls.syscalls import ALLOWED, AUDIT_ARCH, CONDITIONAL, HELPER

ALLOW, NOTIFY, _NEW_LISTENER = 0x7FFF0000, 0x7FC00000, 8
DENY = 0x00050000 | errno.EPERM
NOT_THERE = 0x00050000 | errno.ENOSYS

_LD, _JEQ, _JGE, _JSET, _AND, _RET = 0x20, 0x15, 0x35, 0x45, 0x54, 0x06
_NR, _ARCH = 0, 4
_O_WRONLY, _O_RDWR, _O_CREAT, _O_TRUNC, _O_TMPFILE = 1, 2, 0o100, 0o1000, 0o20000000
_CLONE_THREAD_FLAGS = 0x00010000 | 0x00000100 | 0x00000800  # THREAD, VM, SIGHAND
_CLONE_NEW = 0x7E020000 | 0x80  # any new namespace
_SIGKILL, _SIGSTOP, _AF_UNIX = 9, 19, 1
_IOCTLS = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)  # TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX
_NOTIFY_IOCTLS = (0xC0502100, 0xC0182101)  # receive and answer an announcement
_FCNTLS = (0, 1, 2, 3, 4, 5, 1030, 1032)  # DUPFD, GETFD, SETFD, GETFL, SETFL, GETLK, DUPFD_CLOEXEC, GETPIPE_SZ
_PRCTLS = (2, 3, 15, 16, 21, 27, 39, 0x53564D41)  # GET_PDEATHSIG, GET_DUMPABLE, SET/GET_NAME, GET_*; SET_VMA


def _instruction(code, jump_true, jump_false, value):
    return struct.pack("<HBBI", code, jump_true, jump_false, value & 0xFFFFFFFF)


def _arg(index, high=False):
    return _instruction(_LD, 0, 0, 16 + 8 * index + (4 if high else 0))


def _ret(value):
    return _instruction(_RET, 0, 0, value)


def _case(number, body):
    """Instructions that run `body` (which returns on every path) when the call's number is `number`."""
    size = sum(len(part) for part in body) // 8
    return [_instruction(_JEQ, 0, size, number), *body]


def _one_of(index, values):
    body = [_arg(index)]
    for i, value in enumerate(values):
        body.append(_instruction(_JEQ, len(values) - i, 0, value))
    return body + [_ret(DENY), _ret(ALLOW)]


def _null(index):
    """Allowed when the pointer is null."""
    return [
        _arg(index), _instruction(_JEQ, 0, 3, 0), _arg(index, True), _instruction(_JEQ, 0, 1, 0), _ret(ALLOW), _ret(DENY),
    ]


def _opening(flags_index):
    return [
        _arg(flags_index),
        _instruction(_JSET, 4, 0, _O_TMPFILE),
        _instruction(_JSET, 4, 0, _O_CREAT),
        _instruction(_JSET, 1, 0, _O_WRONLY | _O_RDWR),
        _instruction(_JSET, 1, 0, _O_TRUNC),  # truncating what is opened for reading: older Landlock does not see it
        _ret(ALLOW),
        _ret(DENY),
        _ret(NOTIFY),
    ]


def _to_self(pid_index, signal_index, pid):
    return [
        _arg(pid_index), _instruction(_JEQ, 0, 4, pid),
        _arg(signal_index), _instruction(_JEQ, 2, 0, _SIGKILL), _instruction(_JEQ, 1, 0, _SIGSTOP), _ret(ALLOW), _ret(DENY),
    ]


def supported():
    return MACHINE in AUDIT_ARCH


def box_filter():
    """
    Filters this process and all it forks from now on; needs no_new_privs and Linux 5.5. Returns the descriptor on which
    every call that would create a file is announced. Raises OSError.
    """
    special, helper = CONDITIONAL[MACHINE], HELPER[MACHINE]
    code = _prologue(DENY)
    for number in [*ALLOWED[MACHINE].values(), *helper.values()]:
        code += _case(number, [_ret(ALLOW)])
    cases = {
        "openat": _opening(2),
        "open": _opening(1),
        "clone": [_arg(0), _instruction(_JSET, 0, 1, _CLONE_NEW), _ret(DENY), _ret(ALLOW)],
        "clone3": [_ret(NOT_THERE)],  # the C library falls back to clone, whose flags can be looked at
        "ioctl": _one_of(1, (*_IOCTLS, *_NOTIFY_IOCTLS)),
        "fcntl": _one_of(1, _FCNTLS),
    }
    for name, body in cases.items():
        if name in special:
            code += _case(special[name], body)
    code.append(_ret(DENY))
    instructions, install = _prepared(b"".join(code), _NEW_LISTENER)
    return install()


class CandidateFilter:
    """What a candidate loses. The instructions are built once; `install` puts in the process id."""

    _PID = 0xFFFFFFF1

    def __init__(self):
        helper = HELPER[MACHINE]
        own = {
            "clone": [
                _arg(0), _instruction(_AND, 0, 0, _CLONE_THREAD_FLAGS), _instruction(_JEQ, 0, 1, _CLONE_THREAD_FLAGS),
                _ret(ALLOW), _ret(DENY),
            ],
            "kill": _to_self(0, 1, self._PID),
            "tgkill": _to_self(0, 2, self._PID),
            "prlimit64": _null(2),  # no new limits
            # Pairs of its own, which event loops wake themselves with; nothing can be sent to anybody's address.
            "socketpair": _one_of(0, (_AF_UNIX,)),
            "sendto": _null(4),
            "recvfrom": [_ret(ALLOW)],
            "prctl": _one_of(0, _PRCTLS),
            "ioctl": _one_of(1, _IOCTLS),
        }
        code = _prologue(DENY)
        for name, body in own.items():
            code += _case({**CONDITIONAL[MACHINE], **helper}[name], body)
        for name, number in helper.items():
            if name not in own:
                code += _case(number, [_ret(DENY)])
        code.append(_ret(ALLOW))
        code = b"".join(code)
        mark = struct.pack("<I", self._PID)
        self._places = [i for i in range(4, len(code), 8) if code[i:i + 4] == mark]  # an instruction's last four bytes
        self._instructions, self._install = _prepared(code, 0)

    def install(self, pid):
        """Filters this process from now on; needs no_new_privs."""
        for place in self._places:
            struct.pack_into("<I", self._instructions, place, pid)
        self._install()


def _prologue(other):
    """Loads the call's number; foreign architectures and the x32 interface get `other`."""
    return [
        _instruction(_LD, 0, 0, _ARCH), _instruction(_JEQ, 1, 0, AUDIT_ARCH[MACHINE]), _ret(other),
        _instruction(_LD, 0, 0, _NR), _instruction(_JGE, 0, 1, 0x40000000), _ret(other),
    ]


def _prepared(code, flags):
    """The instructions where the kernel will read them, and a function that puts up the filter."""
    instructions = ctypes.create_string_buffer(code, len(code))
    program = ctypes.create_string_buffer(struct.pack("<H6xQ", len(code) // 8, ctypes.addressof(instructions)), 16)
    return instructions, prepared(HELPER[MACHINE]["seccomp"], 1, flags, program)
