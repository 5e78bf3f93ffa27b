"""
What a candidate has used, measured from outside the process.

charged = CPU time of all its threads + time in which it slept or blocked. Waiting for a busy processor is not charged, so
that the machine's load cannot change a verdict.

Sleeping is what samples find: an interval counts as slept when every thread is asleep at its end, and then without the
part that was spent on CPU or in a run queue. (Wall minus CPU minus run queue alone would be wrong in a virtual machine,
where time stolen by the host is in none of the three.)
"""
import os
import time

# States of a thread that is not at work: asleep, stopped, or ended while others of its process live (a main thread can end alone).
_AT_REST = b"STZX"


class Clock:
    def __init__(self, pid):
        self._cpu_id = ((~pid) << 3) | 2  # the kernel's CPU clock of another process, in nanoseconds
        self._folder = f"/proc/{pid}"
        self._stat = self._sched = None  # opened at the first sample: most tests end before
        self.threads = 1
        self._cpu = 0.0
        self.start()

    def close(self):
        for fd in (self._stat, self._sched):
            if fd is not None:
                os.close(fd)
        self._stat = self._sched = None

    def start(self):
        """Begins a new interval (a load or a test)."""
        self._start_cpu = self._last_cpu = self._now_cpu()
        self._start_wall = self._last_wall = time.monotonic()
        self._last_queued = None
        self._slept = 0.0

    def used(self):
        """CPU seconds of this interval."""
        return max(0.0, self._now_cpu() - self._start_cpu)

    def wall(self):
        return time.monotonic() - self._start_wall

    def charged(self):
        """CPU seconds plus what earlier samples found slept."""
        return self.used() + self._slept

    def sample(self):
        """To be called every few tens of milliseconds while the program runs. Returns the charged seconds."""
        if self._stat is None:
            self._stat, self._sched = _open(f"{self._folder}/stat"), _open(f"{self._folder}/schedstat")
        wall, cpu = time.monotonic(), self._now_cpu()
        threads, asleep = self._states()
        queued = self._queued(threads)
        if asleep and self._last_queued is not None:  # the first sample is only the beginning of the next interval
            # A thread that ended takes its time in the queue along, hence never less than zero.
            in_queue = max(0.0, queued - self._last_queued)
            self._slept += max(0.0, (wall - self._last_wall) - (cpu - self._last_cpu) - in_queue)
        self._last_wall, self._last_cpu, self._last_queued = wall, cpu, queued
        return self.charged()

    def was_kept_waiting(self):
        """It may have slept because the helper did not take or give what it should: the next sample begins a new interval."""
        self._last_queued = None

    def _now_cpu(self):
        try:
            self._cpu = time.clock_gettime(self._cpu_id)
        except OSError:
            pass  # it has ended: the last known value stands
        return self._cpu

    def _states(self):
        """The thread ids (None for a single thread) and whether all threads sleep."""
        try:
            # Behind the name, which may contain anything: state is the first field, the number of threads the 18th.
            fields = os.pread(self._stat, 4096, 0).rpartition(b")")[2].split()
            self.threads = int(fields[17])
            if self.threads == 1:
                return None, fields[0] in _AT_REST
            ids = os.listdir(f"{self._folder}/task")
            states = []
            for thread in ids:
                with open(f"{self._folder}/task/{thread}/stat", "rb") as file:
                    states.append(file.read().rpartition(b")")[2].split()[0])
            return ids, all(state in _AT_REST for state in states)
        except (OSError, TypeError, IndexError):
            return None, False  # ended, or a thread did meanwhile

    def _queued(self, threads):
        """Seconds that the living threads have waited for a processor."""
        if threads is None:
            return _second_number(self._sched)
        total = 0.0
        for thread in threads:
            fd = _open(f"{self._folder}/task/{thread}/schedstat")
            total += _second_number(fd)
            if fd is not None:
                os.close(fd)
        return total


def _open(path):
    try:
        return os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None


def _second_number(fd):
    try:
        parts = os.pread(fd, 128, 0).split()
        return int(parts[1]) / 1e9 if len(parts) > 1 else 0.0
    except (OSError, TypeError):
        return 0.0
