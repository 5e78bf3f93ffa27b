"""
Stand-ins for what CPython has on Linux and not in WebAssembly, as far as honest programs use it.

- Threads: there is one. A thread runs to its end where it is started, which is enough for `Thread(target=main).start()`,
  and its time is the process's.
- Alarms: they can be set and do not go off. Time is limited from outside.
- `asyncio`: Pyodide's event loop is JavaScript's; this one turns by itself.
- Names of hosts: Emscripten makes up an address for every name. None has one here.
- `sys.maxsize`: programs take it for infinity; it is 2**31 - 1 here.
"""
import _socket
import asyncio
import signal
import socket
import sys
import threading
import time
from concurrent.futures import thread

NO_THREAD = "can't start new thread: there are none in Pyodide"


def replace():
    sys.maxsize = 2**63 - 1
    signal.setitimer = lambda which, seconds, interval=0.0: (0.0, 0.0)
    signal.getitimer = lambda which: (0.0, 0.0)
    signal.alarm = lambda seconds: 0
    threading.Thread.start, threading.Thread.join, threading.Thread.is_alive = _start, _join, _is_alive
    threading.stack_size = lambda size=0: 0
    time.thread_time, time.thread_time_ns = time.process_time, time.process_time_ns
    thread.ThreadPoolExecutor._adjust_thread_count = _no_thread  # its threads wait for work, which comes later
    for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "gethostbyaddr"):
        setattr(_socket, name, _no_name)
        setattr(socket, name, _no_name)
    asyncio.set_event_loop_policy(_Policy())
    asyncio._set_running_loop(None)
    asyncio.run = asyncio.runners.run = _run


def _start(self):
    if not self._initialized:
        raise RuntimeError("thread.__init__() not called")
    if self._started.is_set():
        raise RuntimeError("threads can only be started once")
    self._started.set()
    here, active = threading.get_ident(), threading._active
    before = active.get(here)
    self._ident, active[here] = here, self
    try:
        self.run()
    except BaseException:
        threading.excepthook(threading.ExceptHookArgs((*sys.exc_info(), self)))
    finally:
        active[here] = before


def _join(self, timeout=None):
    if not self._started.is_set():
        raise RuntimeError("cannot join thread before it is started")
    if self is threading.current_thread():
        raise RuntimeError("cannot join current thread")


def _is_alive(self):
    return self is threading.main_thread() or self is threading._active.get(threading.get_ident())


def _no_thread(self):
    raise RuntimeError(NO_THREAD)


def _no_name(*args, **kwargs):
    raise _socket.gaierror(_socket.EAI_AGAIN, "there is no network in Pyodide")


class _Selector:
    """Waits for time only: nothing else can happen."""

    def select(self, timeout):
        if timeout is None:
            raise RuntimeError("every task waits for another one")
        if timeout > 0:
            time.sleep(timeout)
        return ()


class _Loop(asyncio.BaseEventLoop):
    def __init__(self):
        super().__init__()
        self._selector = _Selector()

    def _process_events(self, events):
        pass

    def _write_to_self(self):
        pass


class _Policy(asyncio.events.BaseDefaultEventLoopPolicy):
    _loop_factory = _Loop


def _run(main, *, debug=None, loop_factory=None):
    with asyncio.Runner(debug=debug, loop_factory=loop_factory or _Loop) as runner:
        return runner.run(main)
