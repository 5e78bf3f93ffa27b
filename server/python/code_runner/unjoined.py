"""
Threads that a program starts and does not join. The checker takes what is written when the main thread is through, and CPython lets a
new thread work undisturbed for one switch interval, so that a short thread is always complete there and a long one never. That interval
is wall time: on a busy machine the thread may spend it waiting for a processor. Here it is processor time.
"""
from _thread import _count
from time import process_time, sleep, thread_time

_TURN = 0.0045  # of CPython's 5 ms, which the thread has had on an idle machine
_PAUSE = 0.0005
_PATIENT, _IMPATIENT = 200, 10  # pauses without progress: the thread sleeps or waits, which the main thread sees at once on an idle machine
_PROGRESS = 0.00002  # more than the two clocks differ by between their readings


_patience = _PATIENT
"""Less once threads were waited for in vain: those of a pool that is left wait for good, and there may be thousands of tests."""


def others_time():
    """CPU seconds of all threads but this one, since the process began."""
    return process_time() - thread_time()


def give_turn(before):
    """Lets the threads that are left work until they have had their turn since `before` (`others_time()` then), end or wait."""
    global _patience
    seen, idle = others_time(), 0
    while _count() > 0 and seen - before < _TURN:
        if idle == _patience:
            _patience = _IMPATIENT
            break
        sleep(_PAUSE)
        now = others_time()
        idle = 0 if now - seen > _PROGRESS else idle + 1
        seen = max(seen, now)
