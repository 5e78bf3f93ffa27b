"""
The helper's end of the channel to the server, descriptor 3: `<length u32><type u8><job u32><payload>`, little endian.
Which types there are stands in helper.py.
"""
import json
import os
import struct

SERVER = 3
HEADER = struct.Struct("<IBI")
BUFFER = 256 * 1024


class Gone(Exception):
    """The server closed the channel."""


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
