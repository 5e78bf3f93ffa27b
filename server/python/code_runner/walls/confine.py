"""Puts up all walls around this process, in the one order that works."""
import os
import resource
import signal

from walls import landlock, libc, seccomp

RULES = 4  # the descriptor of a new process at which its Landlock rules are
MEGABYTE = 1 << 20
MAX_FILES_CREATED = 16
MAX_FILE_BYTES = 1 * MEGABYTE
MAX_DESCRIPTORS = 128
MAX_THREADS = 128


class Walls:
    """What is prepared once in the helper, and what could not be had there."""

    def __init__(self, config):
        """
        `config`: `landlock` (list of [path, "read" | "device" | "work"]) or null, `seccomp` (bool), `uid` or null,
        `limitThreads` (bool: RLIMIT_NPROC counts only this box's processes).
        """
        self.uid = config["uid"]
        self.limit_threads = config["limitThreads"] or self.uid is not None
        self.ruleset = None
        rights = {"read": landlock.READ, "device": landlock.READ_WRITE_DEVICE, "work": landlock.WORK}
        if config["landlock"] is not None and landlock.version() > 0:
            self.ruleset = landlock.ruleset([(path, rights[kind]) for path, kind in config["landlock"]])
        self.filter = seccomp.CandidateFilter() if config["seccomp"] and seccomp.supported() else None
        # Arguments made here, once, and not in each process.
        self._restrict = landlock.restrict_call(RULES)
        self._drop_capabilities = libc.drop_capabilities_call()
        self._make_dumpable = libc.prctl_call(libc.PR_SET_DUMPABLE, 1)
        self._die_with_helper = libc.prctl_call(libc.PR_SET_PDEATHSIG, signal.SIGKILL)

    def close_around_helper(self):
        """The part that candidates inherit. Returns the descriptor that announces created files, or None."""
        _limit(resource.RLIMIT_CORE, 0)
        _limit(resource.RLIMIT_FSIZE, MAX_FILE_BYTES)
        _limit(resource.RLIMIT_NOFILE, MAX_DESCRIPTORS)
        _limit(resource.RLIMIT_MEMLOCK, 0)
        if self.filter is None:
            return None
        libc.prctl(libc.PR_SET_NO_NEW_PRIVS, 1)
        return seccomp.box_filter()

    def close_around_me(self, helper, address_space):
        """Called in the new process. `address_space`: limit in bytes, with what the interpreter has already."""
        pid = os.getpid()
        os.setsid()
        _limit(resource.RLIMIT_AS, address_space)
        if self.limit_threads:
            _limit(resource.RLIMIT_NPROC, MAX_THREADS)
        if self.uid is not None:
            os.setgroups([])
            os.setresgid(self.uid, self.uid, self.uid)
            os.setresuid(self.uid, self.uid, self.uid)
        elif os.geteuid() == 0:
            self._drop_capabilities()
        self._make_dumpable()  # its own /proc/self/fd, which /dev/stdin leads to
        self._die_with_helper()
        if os.getppid() != helper:
            os._exit(0)
        if self.filter is None:
            libc.prctl(libc.PR_SET_NO_NEW_PRIVS, 1)  # else inherited
        if self.ruleset is not None:
            self._restrict()
            os.close(RULES)
        if self.filter is not None:
            self.filter.install(pid)


def address_space():
    """Bytes of address space of this process."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[0]) * resource.getpagesize()


def _limit(kind, value):
    hard = resource.getrlimit(kind)[1]
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    resource.setrlimit(kind, (value, value))
