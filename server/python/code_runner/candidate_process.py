"""One forked process: its start with nothing but what it may have, its channel, its clock, its end."""
import os
import select
import signal
from _socket import socketpair

from walls.confine import RULES
from walls.libc import fork

CHANNEL = 3  # the descriptor of a new process above the standard ones; RULES is the next

# Bound before the guard sets it to None for the candidates' sake.
kill = os.kill


class Process:
    """`body(channel)` runs in the new process, walls first; `walls` says which descriptor it needs for that; `make_clock(pid)`."""

    def __init__(self, body, walls, make_clock):
        ours, theirs = socketpair()
        self.pid = fork()
        if self.pid < 0:
            raise OSError("no new process")
        if self.pid == 0:
            try:
                ours.detach()
                _only_descriptors(theirs.detach(), walls)
                body()
            finally:
                os._exit(1)
        theirs.close()
        ours.setblocking(False)
        self.sock = ours
        self.pidfd = os.pidfd_open(self.pid)
        self.clock = make_clock(self.pid)

    def has_ended(self):
        return os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None

    def ends_soon(self):
        """A process that is just ending closes its channel first; this gives it the moment to become waitable."""
        if not self.has_ended():
            select.select([self.pidfd], [], [], 0.2)
        return self.has_ended()

    def end(self):
        """Ends it, if it has not ended, and returns (status, resource usage)."""
        try:
            kill(self.pid, signal.SIGKILL)
        finally:
            _, status, usage = os.wait4(self.pid, 0)
        self.sock.close()
        os.close(self.pidfd)
        self.clock.close()
        return status, usage

    def measured(self):
        """Members of a JSON object. Written by hand, as all that is done for each candidate: every object touched is a page copied."""
        clock = self.clock
        return '"cpu":%.6f,"charged":%.6f,"wall":%.6f' % (clock.used(), clock.charged(), clock.wall())


def _only_descriptors(channel, walls):
    """In the new process: the standard descriptors (all /dev/null), its channel, and the Landlock rules until they are in force."""
    os.dup2(1, 2)
    os.dup2(channel, CHANNEL)  # over the channel to the server
    if walls.ruleset is not None:
        os.dup2(walls.ruleset, RULES)
    os.closerange(CHANNEL + 1 if walls.ruleset is None else RULES + 1, 1 << 16)
