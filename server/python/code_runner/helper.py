"""
The warm interpreter of one box. It forks one process per candidate, hands frames through, measures and enforces time,
and ends processes. It never looks into programs, inputs or outputs, and wipes the buffers they pass through.

Frames from and to the server, on descriptor 3: `<length u32><type u8><job u32><payload>`, little endian.
  from the server  B limits of the job (JSON) · I, L, R for the candidate (candidate.py) · S end the job
  to the server    H hello (JSON) · N next job may start · C part of a candidate's frame · E its end, with measurements
                   (JSON) · D the candidate is gone (JSON); a new job number follows with N
Frames of another job than the current one are dropped: they were on their way when it ended.
"""
import fcntl
import json
import os
import resource
import select
import signal
import socket
import struct
import sys
import time

SERVER = 3
HEADER = struct.Struct("<IBI")
CANDIDATE_HEADER = struct.Struct("<IB")
BUFFER = 256 * 1024
SAMPLE_SECONDS = 0.03
REPLY_SECONDS = 60.0

# Bound before the guard sets them to None for the candidates' sake.
fork, kill, remove, rmdir = os.fork, os.kill, os.remove, os.rmdir


class Gone(Exception):
    """The server closed the channel."""


def main():
    config = json.loads(sys.argv[1])
    sys.argv[:] = [""]
    sys.path[:] = [path for path in sys.path if path != config["runner"]]
    sys.path.insert(0, config["runner"])
    import candidate
    import channel
    import clock
    import prelude
    from walls import confine, libc

    libc.prctl(libc.PR_SET_DUMPABLE, 0)
    prelude.preload()
    if config["numpy"]:
        prelude.preload(("numpy",))
    walls = confine.Walls(config)
    os.chdir(config["work"])
    prelude.guard()
    module = prelude.prelude_module()
    sys.path[:] = [path for path in sys.path if path != config["runner"]]
    candidate.freeze()

    def start(sock, memory_bytes):
        """Body of a new process: walls first, then whatever comes."""
        walls.close_around_me(helper_pid, own_bytes + memory_bytes)
        candidate.serve(channel.Channel(sock.detach()), module)
        os._exit(0)

    helper_pid = os.getpid()
    own_bytes = confine.address_space()
    listener = walls.close_around_helper()
    server = Server()
    memory_bytes = config["memoryBytes"]
    number = 0
    try:
        server.send_json("H", 0, {
            "python": sys.version.split()[0],
            "landlock": walls.ruleset is not None,
            "seccomp": walls.filter is not None,
            "uid": os.getuid() if walls.uid is None else walls.uid,
        })
        while True:
            number += 1
            job = Job(server, listener, number, start, memory_bytes, walls.descriptors(), clock.Clock)
            memory_bytes = job.run()
            wipe(config["work"])
    except (Gone, BrokenPipeError):
        pass  # the server closed the channel or ended: so does the box, and with it the candidate
    finally:
        if config["removeWork"] and os.getpid() == helper_pid:
            wipe(config["work"])
            rmdir(config["work"])


class Server:
    """The channel to the server. One buffer for each direction, wiped after every job."""

    def __init__(self):
        self.inward, self.outward = bytearray(BUFFER), bytearray(BUFFER)
        self.used_inward = self.used_outward = 0
        self._zeros = memoryview(bytes(BUFFER))

    def send(self, kind, job, payload):
        data = HEADER.pack(len(payload), ord(kind), job)
        done = os.writev(SERVER, [data, payload])
        while done < len(data) + len(payload):
            rest = memoryview(payload)[done - len(data):] if done >= len(data) else None
            if rest is None:
                done += os.write(SERVER, data[done:])
            else:
                done += os.write(SERVER, rest)

    def send_json(self, kind, job, value):
        self.send(kind, job, json.dumps(value).encode())

    def send_part(self, job, part, end):
        """A piece of a candidate's frame, and the frame's end with its measurements (null while there is more)."""
        frames = []
        if len(part):
            frames += [HEADER.pack(len(part), ord("C"), job), part]
        if end is not None:
            frames += [HEADER.pack(len(end), ord("E"), job), end]
        done = os.writev(SERVER, frames)
        if done < sum(map(len, frames)):
            rest = memoryview(b"".join(frames))[done:]
            while rest:
                rest = rest[os.write(SERVER, rest):]

    def read_exactly(self, count):
        data = b""
        while len(data) < count:
            part = os.read(SERVER, count - len(data))
            if not part:
                raise Gone
            data += part
        return data

    def wipe(self):
        """No later process finds in memory what went through the buffers."""
        self.inward[:self.used_inward] = self._zeros[:self.used_inward]
        self.outward[:self.used_outward] = self._zeros[:self.used_outward]
        self.used_inward = self.used_outward = 0


class Job:
    """One candidate process from its fork to its end."""

    def __init__(self, server, listener, number, start, memory_bytes, keep, make_clock):
        self.server, self.number, self.start, self.make_clock = server, number, start, make_clock
        self.listener = listener  # where the candidate's calls that create files are announced
        self.keep = keep  # descriptors that a new process needs
        self.memory_bytes = memory_bytes
        self.limits = None
        self.phase = "idle"  # idle, load, test, wait
        self.reason = None
        self.over = False
        self.files_created = 0
        self.left_to_candidate = 0  # bytes of the current inward frame that are still with the server
        self.pending = None  # part of it that waits for the candidate to read
        self.waiting = False
        self.starts = None  # phase that begins when the current inward frame has been handed over
        self.dropping = 0
        self.outward_left = None  # payload bytes of the candidate's current frame, None between frames
        self.head = b""

    def run(self):
        """Serves the job until its process is gone. Returns the memory limit for the next fork."""
        self._fork()
        self.server.send("N", self.number, b"")
        while not self.over:
            self._step()
        self._report_end()
        return self.memory_bytes

    # ---- process

    def _fork(self):
        self.server.wipe()
        ours, theirs = socket.socketpair()
        self.pid = fork()
        if self.pid == 0:
            try:
                ours.close()
                theirs = _only_descriptors(theirs, self.keep)
                self.start(theirs, self.memory_bytes)
            finally:
                os._exit(1)
        theirs.close()
        self.sock = ours
        self.pidfd = os.pidfd_open(self.pid)
        self.clock = self.make_clock(self.pid)
        ours.setblocking(False)
        self.poll = select.poll()
        self.poll.register(ours, select.POLLIN)
        self.poll.register(self.pidfd, select.POLLIN)
        self.poll.register(SERVER, select.POLLIN)
        if self.listener is not None:
            self.poll.register(self.listener, select.POLLIN)

    def _refork(self, memory_bytes):
        """Another memory limit than the waiting process has: it is replaced before it has seen anything."""
        kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        self._close()
        self.memory_bytes = memory_bytes
        self._fork()

    def _close(self):
        self.sock.close()
        os.close(self.pidfd)
        self.clock.close()

    def _end(self, reason):
        """Ends the process."""
        self.reason = reason
        self.over = True

    def _report_end(self):
        measured = self._measured()
        try:
            if self.reason is None:
                self._drain()
            kill(self.pid, signal.SIGKILL)
        finally:
            _, status, usage = os.wait4(self.pid, 0)
        self._close()
        self.server.send_json("D", self.number, {
            **measured,
            "reason": self.reason,
            "phase": self.phase,
            "exit": os.WEXITSTATUS(status) if os.WIFEXITED(status) else None,
            "signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else None,
            "totalCpu": usage.ru_utime + usage.ru_stime,
            "maxRssKb": usage.ru_maxrss,
        })

    def _drain(self):
        """What a process wrote before it ended by itself still counts."""
        while self.reason is None and self._from_candidate():
            pass

    # ---- events

    def _step(self):
        busy, wait = self.phase in ("load", "test"), None
        if busy:
            left = self._time_left()
            if left <= 0:
                return self._end("time" if self.clock_says_time else "wall")
            wait = int(min(left, SAMPLE_SECONDS) * 1000) + 1
        elif self.outward_left is not None or self.pending is not None:
            wait = int(REPLY_SECONDS * 1000)
        events = dict(self.poll.poll(wait))
        if not events and not busy and wait is not None:
            return self._end("protocol")
        if self.listener in events:
            self._creation()
        mask = events.get(self.sock.fileno(), 0)
        if mask & select.POLLOUT:
            self._flush()
        if mask & (select.POLLIN | select.POLLHUP | select.POLLERR):
            self._from_candidate()
        if SERVER in events and not self.over:
            if self.waiting:
                raise Gone
            self._from_server()
        if self.pidfd in events:
            self.over = True

    def _time_left(self):
        # Most tests end before the first sample is due.
        charged = self.clock.sample() if self.clock.wall() > SAMPLE_SECONDS else self.clock.charged()
        limit = self.limits["loadSeconds" if self.phase == "load" else "testSeconds"]
        if self.clock.threads > self.limits["threads"]:
            self._end("threads")
        self.clock_says_time = charged >= limit
        if charged >= limit:
            return 0.0
        # Several threads can use several processors: look again early enough.
        return min((limit - charged) / min(self.clock.threads, 4) + 0.001, self.limits["wallSeconds"] - self.clock.wall())

    def _creation(self):
        request = bytearray(80)
        try:
            fcntl.ioctl(self.listener, 0xC0502100, request)
            identity = struct.unpack_from("<Q", request)[0]
            self.files_created += 1
            allowed = self.files_created <= self.limits["files"] if self.limits else False
            answer = struct.pack("<QqiI", identity, 0, 0 if allowed else -28, 1 if allowed else 0)  # 28: no space left
            fcntl.ioctl(self.listener, 0xC0182101, bytearray(answer))
        except OSError:
            pass  # the process ended meanwhile

    # ---- server to candidate

    def _from_server(self):
        if self.dropping:
            self.dropping -= len(self._take(self.dropping))
            return
        if self.left_to_candidate:
            return self._relay_inward()
        length, kind, job = HEADER.unpack(self.server.read_exactly(HEADER.size))
        kind = chr(kind)
        if job != self.number:
            self.dropping = length
        elif kind == "B":
            self.limits = json.loads(self.server.read_exactly(length))
            if self.limits["memoryBytes"] != self.memory_bytes:
                self._refork(self.limits["memoryBytes"])
        elif kind == "S":
            self._end("stop")
        else:
            self.starts = {"L": "load", "R": "test"}.get(kind)
            self.left_to_candidate = length
            self.pending = memoryview(CANDIDATE_HEADER.pack(length, ord(kind)))
            self._flush()  # the payload, if any, follows

    def _relay_inward(self):
        self.pending = self._take(self.left_to_candidate)
        self.left_to_candidate -= len(self.pending)
        self._flush()

    def _take(self, limit):
        server = self.server
        view = memoryview(server.inward)[:min(BUFFER, limit)]
        got = os.readv(SERVER, [view])
        if not got:
            raise Gone
        server.used_inward = max(server.used_inward, got)
        return view[:got]

    def _flush(self):
        """
        Hands on what is pending. The clock of a load or a test starts with the last piece of its frame: from then on the
        candidate can run.
        """
        while self.pending is not None:
            last = self.left_to_candidate == 0
            if last and self.starts is not None:
                self.clock.start()
            try:
                done = self.sock.send(self.pending)
            except BlockingIOError:
                self._wait_for_candidate(True)
                return
            except OSError:
                self.pending, self.dropping, self.left_to_candidate = None, self.left_to_candidate, 0
                self.starts = None
                break
            self.pending = self.pending[done:] if done < len(self.pending) else None
            if last and self.pending is None and self.starts is not None:
                self.phase, self.starts = self.starts, None

        self._wait_for_candidate(False)

    def _wait_for_candidate(self, waiting):
        """While something is pending for the candidate, nothing more is taken from the server."""
        if waiting == self.waiting:
            return
        self.waiting = waiting
        self.poll.modify(self.sock, select.POLLIN | (select.POLLOUT if waiting else 0))
        self.poll.modify(SERVER, 0 if waiting else select.POLLIN)  # its end is reported all the same

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
        while len(view):
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
            end = None
            if self.outward_left == 0:
                self.outward_left, end = None, json.dumps(self.measured).encode()
            self.server.send_part(self.number, part, end)
        return True

    def _reply_begins(self, length, kind):
        """A frame of the candidate: its load or test is over, and was this long."""
        self.head = b""
        if self.phase not in ("load", "test") or chr(kind) not in "lfovxb" or length > self.limits["resultBytes"]:
            self._end("protocol")
            return False
        self.measured = {"type": chr(kind), **self._measured()}
        self.phase, self.outward_left = "wait", length
        if length == 0:
            self.outward_left = None
            self.server.send_part(self.number, b"", json.dumps(self.measured).encode())
        return True

    def _closed(self):
        """The candidate closed its channel: nothing can come any more."""
        if self.reason is None and not _ended(self.pid):
            # A process that is just ending closes first; give it the moment to become waitable.
            select.select([self.pidfd], [], [], 0.2)
            if not _ended(self.pid):
                self._end("closed")
        return False

    def _measured(self):
        clock = self.clock
        return {"cpu": round(clock.used(), 6), "charged": round(clock.charged(), 6), "wall": round(clock.wall(), 6)}


def _ended(pid):
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def _only_descriptors(sock, keep):
    """Closes all but the standard ones (all /dev/null here), `keep` and the given socket; returns the socket."""
    os.dup2(1, 2)
    wanted = sorted({sock.fileno(), *keep})
    for low, high in zip([2, *wanted], [*wanted, 1 << 16]):
        os.closerange(low + 1, high)
    return sock


def wipe(folder):
    """Removes what a candidate left in its folder; ends the helper where that fails, and with it the box."""
    with os.scandir(folder) as entries:
        for entry in entries:
            remove(entry.path)


if __name__ == "__main__":
    main()
