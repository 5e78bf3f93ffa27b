"""Landlock (Linux 5.13 and later): which files a process may touch. Applies to itself and cannot be undone."""
import ctypes
import os
import struct

from walls.libc import prepared, syscall

# The same numbers on every architecture.
_CREATE, _ADD_RULE, _RESTRICT = 444, 445, 446
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR, _REMOVE_DIR, _REMOVE_FILE = (1 << i for i in range(6))
_MAKE_REG, _REFER, _TRUNCATE, _IOCTL_DEV = 1 << 8, 1 << 13, 1 << 14, 1 << 15

READ = _READ_FILE | _READ_DIR
READ_WRITE_DEVICE = _READ_FILE | _WRITE_FILE
WORK = READ | _WRITE_FILE | _REMOVE_FILE | _MAKE_REG | _TRUNCATE
_FILE_RIGHTS = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL_DEV


def version():
    """ABI of the kernel's Landlock, 0 where there is none."""
    try:
        return syscall(_CREATE, 0, 0, 1)
    except OSError:
        return 0


def ruleset(rules):
    """
    Descriptor of a rule set that allows only `rules`, a list of (path, rights); missing paths are left out.
    All other file access, TCP, and signals and abstract sockets to the outside are refused, as far as the kernel knows them.
    """
    abi = version()
    if abi == 0:
        raise OSError("no Landlock in this kernel")
    handled = (1 << 13) - 1
    if abi >= 2:
        handled |= _REFER
    if abi >= 3:
        handled |= _TRUNCATE
    if abi >= 5:
        handled |= _IOCTL_DEV
    network = 3 if abi >= 4 else 0
    scoped = 3 if abi >= 6 else 0
    fields = struct.pack("<QQQ", handled, network, scoped)[: 24 if abi >= 6 else 16 if abi >= 4 else 8]
    attributes = ctypes.create_string_buffer(fields, len(fields))
    fd = syscall(_CREATE, attributes, len(fields), 0)
    for path, rights in rules:
        _allow(fd, path, rights & handled)
    return fd


def _allow(fd, path, rights):
    try:
        where = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not os.path.isdir(path):
            rights &= _FILE_RIGHTS
        rule = ctypes.create_string_buffer(struct.pack("<Qi", rights, where), 12)
        syscall(_ADD_RULE, fd, 1, rule, 0)
    finally:
        os.close(where)


def restrict_call(fd):
    """A function that puts the rule set of this descriptor in force; needs no_new_privs."""
    return prepared(_RESTRICT, fd, 0)
