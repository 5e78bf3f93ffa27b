"""
One job: what the server sends goes to the candidate, what the candidate answers goes to the server with its measurements, and
the limits hold. Neither is looked into.

A load or a test lasts from the first byte of the server's frame to the last byte of the candidate's: a program can write into its
channel itself, and would else work unmeasured while a frame is on its way. What the candidate waits for the server is not charged.
"""
import fcntl
import os
import select
import struct
from collections import namedtuple

from server_channel import BUFFER, HEADER, SERVER, Gone

CANDIDATE_HEADER = struct.Struct("<IB")
LIMITS = struct.Struct("<dddddd")
Limits = namedtuple("Limits", "memory_bytes seconds wall_seconds threads files result_bytes")
SAMPLE_SECONDS = 0.03
TAKING_SECONDS = 60.0  # a process that has no program yet and takes nothing for so long gets no processor
REPLY_SECONDS = 30.0  # from the head of a frame to its end; less than the wall limit, which is the machine's fault


class Job:
    """One candidate process from its fork to its end."""

    def __init__(self, server, listener, number, start, memory_bytes):
        self.server, self.number, self.start = server, number, start
        self.listener = listener  # where the candidate's calls that create files are announced
        self.memory_bytes = memory_bytes
        self.limits = None
        self.phase = "idle"  # idle, load, test, wait
        self.reason = None
        self.over = False
        self.files_created = 0
        self.left_to_candidate = 0  # bytes of the current inward frame that are still with the server
        self.pending = None  # part of it that waits for the candidate to read
        self.listening = True  # to the server
        self.outward_left = None  # payload bytes of the candidate's current frame, None between frames
        self.reply_until = 0.0  # on the clock's wall
        self.head = b""

    def run(self):
        """Serves the job until its process is gone. Returns the memory limit for the next fork."""
        self._begin()
        while not self.over:
            self._step()
        self._report_end()
        return self.memory_bytes

    # ---- process

    def _begin(self):
        self.server.wipe()
        self.process = process = self.start(self.memory_bytes)
        self.sock, self.clock = process.sock, process.clock
        self.poll = select.poll()
        self.poll.register(process.sock, select.POLLIN)
        self.poll.register(process.pidfd, select.POLLIN)
        self.poll.register(SERVER, select.POLLIN)
        if self.listener is not None:
            self.poll.register(self.listener, select.POLLIN)

    def _end(self, reason):
        """Ends the process."""
        self.reason = reason
        self.over = True

    def _report_end(self):
        measured = self.process.measured()
        self.server.dropping += self.left_to_candidate
        try:
            if self.reason is None:
                self._drain()
        finally:
            status, usage = self.process.end()
        text = '{%s,"reason":%s,"phase":"%s","exit":%s,"signal":%s,"totalCpu":%.6f,"maxRssKb":%d}' % (
            measured,
            "null" if self.reason is None else f'"{self.reason}"',
            self.phase,
            os.WEXITSTATUS(status) if os.WIFEXITED(status) else "null",
            os.WTERMSIG(status) if os.WIFSIGNALED(status) else "null",
            usage.ru_utime + usage.ru_stime,
            usage.ru_maxrss,
        )
        # The next job may come while its process is made.
        self.server.send(("D", self.number, text.encode()), ("N", self.number + 1, b""))

    def _drain(self):
        """What a process wrote before it ended by itself still counts."""
        while self.reason is None and self._from_candidate():
            pass

    # ---- events

    def _step(self):
        busy, wait = self.phase in ("load", "test"), None
        self._listen(self.pending is None and (not busy or self.left_to_candidate > 0))
        if busy:
            if self.outward_left is not None and self.clock.wall() > self.reply_until:
                return self._end("protocol")
            left = self._time_left()
            if left <= 0:
                return self._end("time" if self.clock_says_time else "wall")
            wait = int(min(left, SAMPLE_SECONDS) * 1000) + 1
        elif self.pending is not None:
            wait = int(TAKING_SECONDS * 1000)
        events = dict(self.poll.poll(wait))
        if not events and not busy and wait is not None:
            return self._end("wall")
        if self.listener in events:
            self._creation()
        mask = events.get(self.sock.fileno(), 0)
        if mask & select.POLLOUT:
            self._flush()
        if mask & (select.POLLIN | select.POLLHUP | select.POLLERR):
            self._from_candidate()
        if SERVER in events and not self.over:
            if not self.listening:
                raise Gone  # its end is reported all the same
            self._from_server()
        if self.process.pidfd in events:
            self.over = True

    def _time_left(self):
        if self.left_to_candidate and self.pending is None:
            self.clock.was_kept_waiting()
        # Most tests end before the first sample is due.
        charged = self.clock.sample() if self.clock.wall() > SAMPLE_SECONDS else self.clock.charged()
        limit = self.limits.seconds
        if self.clock.threads > self.limits.threads:
            self._end("threads")
        self.clock_says_time = charged >= limit
        if charged >= limit:
            return 0.0
        # Several threads can use several processors: look again early enough.
        return min((limit - charged) / min(self.clock.threads, 4) + 0.001, self.limits.wall_seconds - self.clock.wall())

    def _creation(self):
        request = bytearray(80)
        try:
            fcntl.ioctl(self.listener, 0xC0502100, request)
            identity = struct.unpack_from("<Q", request)[0]
            self.files_created += 1
            allowed = self.files_created <= self.limits.files if self.limits else False
            answer = struct.pack("<QqiI", identity, 0, 0 if allowed else -28, 1 if allowed else 0)  # 28: no space left
            fcntl.ioctl(self.listener, 0xC0182101, bytearray(answer))
        except OSError:
            pass  # the process ended meanwhile

    # ---- server to candidate

    def _from_server(self):
        if self.server.dropping:
            self.server.dropping -= len(self._take(self.server.dropping))
            return
        if self.left_to_candidate:
            self.pending = self._take(self.left_to_candidate)
            self.left_to_candidate -= len(self.pending)
            return self._flush()
        length, kind, job = HEADER.unpack(self.server.read_exactly(HEADER.size))
        kind = chr(kind)
        if job != self.number:
            self.server.dropping = length
        elif kind == "B":
            self.limits = limits = Limits(*LIMITS.unpack(self.server.read_exactly(length)))
            if limits.memory_bytes != self.memory_bytes:
                self._replace(int(limits.memory_bytes))
        elif kind == "S":
            self._end("stop")
        else:
            # The server sends a frame's payload with its header, and the candidate gets both at once.
            head = CANDIDATE_HEADER.pack(length, ord(kind))
            self.pending = self._take(length, head)
            self.left_to_candidate = length - (len(self.pending) - len(head))
            if kind != "I":
                self.phase = "load" if kind == "L" else "test"
                self.clock.start()
            self._flush()

    def _replace(self, memory_bytes):
        """Another memory limit than the waiting process has: it is replaced before it has seen anything."""
        self.process.end()
        self.memory_bytes = memory_bytes
        self._begin()

    def _take(self, limit, head=b""):
        """Up to `limit` bytes from the server, at least one if `limit` is not 0, behind `head`; a view of the buffer."""
        server = self.server
        start = len(head)
        server.inward[:start] = head
        got = 0
        if limit:
            got = os.readv(SERVER, [memoryview(server.inward)[start:min(BUFFER, start + limit)]])
            if not got:
                raise Gone
        server.used_inward = max(server.used_inward, start + got)
        return memoryview(server.inward)[:start + got]

    def _flush(self):
        """Hands on what is pending."""
        while self.pending is not None:
            try:
                done = self.sock.send(self.pending)
            except BlockingIOError:
                self.poll.modify(self.sock, select.POLLIN | select.POLLOUT)
                break
            except OSError:
                self.server.dropping += self.left_to_candidate
                self.pending, self.left_to_candidate = None, 0
            else:
                self.pending = self.pending[done:] if done < len(self.pending) else None
        else:
            self.poll.modify(self.sock, select.POLLIN)
        self.clock.was_kept_waiting()

    def _listen(self, wanted):
        """Nothing is taken from the server before the candidate has taken, and answered, what came before."""
        if wanted != self.listening:
            self.listening = wanted
            self.poll.modify(SERVER, select.POLLIN if wanted else 0)

    # ---- candidate to server

    def _from_candidate(self):
        """Takes what the candidate wrote and hands it on. False when there is nothing more."""
        try:
            got = self.sock.recv_into(self.server.outward)
        except BlockingIOError:
            return False
        except ConnectionError:
            got = 0
        if not got:
            return self._closed()
        self.server.used_outward = max(self.server.used_outward, got)
        view = memoryview(self.server.outward)[:got]
        while len(view) and self.reason is None:
            if self.outward_left is None:
                missing = CANDIDATE_HEADER.size - len(self.head)
                self.head += view[:missing]
                view = view[missing:]
                if len(self.head) < CANDIDATE_HEADER.size:
                    return True
                if not self._reply_begins(*CANDIDATE_HEADER.unpack(self.head)):
                    return False
            if self.outward_left is None:
                continue  # an empty frame
            part = view[:self.outward_left]
            view = view[len(part):]
            self.outward_left -= len(part)
            if self.outward_left:
                self.server.send(("C", self.number, part))
                self.clock.was_kept_waiting()
            else:
                self._reply_ends(("C", self.number, part))
        return self.reason is None

    def _reply_begins(self, length, kind):
        """A frame of the candidate, which has read what it answers to."""
        self.head = b""
        asked = self.phase in ("load", "test") and self.pending is None and not self.left_to_candidate
        if not asked or chr(kind) not in "lfovxb" or length > self.limits.result_bytes:
            self._end("protocol")
            return False
        self.kind, self.outward_left = chr(kind), length
        self.reply_until = self.clock.wall() + REPLY_SECONDS
        if length == 0:
            self._reply_ends()
        return self.reason is None

    def _reply_ends(self, *last):
        """The load or test is over, and was this long."""
        measured = '{"type":"%s",%s}' % (self.kind, self.process.measured())
        self.phase, self.outward_left = "wait", None
        self.server.send(*last, ("E", self.number, measured.encode()))
        if self.kind in "fxb":
            self._end("stop")  # a failure ends the run, whatever the server has sent ahead

    def _closed(self):
        """The candidate closed its channel: nothing can come any more."""
        if self.reason is None and not self.process.ends_soon():
            self._end("closed")
        return False
