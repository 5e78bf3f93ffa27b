"""
The checker's alarm, for programs that look at it, replace it or set one of their own: it is set before a load and before each test
and taken away behind it. The limit itself is enforced outside and by what a program has used (job.py); the clock of a busy machine
ends nothing here.
"""
import signal
from time import monotonic

_setitimer, _REAL = signal.setitimer, signal.ITIMER_REAL


class TimeoutException(Exception):
    """What the checker's handler raises."""


_span = [0.0, 0.0]
"""When the running load or test began, and its limit in seconds."""


def _on_alarm(signum, frame):
    if monotonic() - _span[0] >= _span[1]:
        return  # the checker's own
    print("timeout occured: alarm went off")
    raise TimeoutException


def handle():
    signal.signal(signal.SIGALRM, _on_alarm)


def start(seconds):
    _span[:] = monotonic(), seconds
    _setitimer(_REAL, seconds)


def stop():
    _setitimer(_REAL, 0)
