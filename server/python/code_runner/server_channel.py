"""
The helper's end of the channel to the server, descriptor 3: `<length u32><type u8><job u32><payload>`, little endian.
Which types there are stands in helper.py.
"""
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
        self.dropping = 0  # bytes of a frame that come and that nobody takes
        self._zeros = memoryview(bytes(BUFFER))

    def send(self, *frames):
        """Frames as (type, job, payload), in one write: each wakes the server up."""
        parts = []
        for kind, job, payload in frames:
            parts += HEADER.pack(len(payload), ord(kind), job), payload
        done = os.writev(SERVER, parts)
        if done < sum(map(len, parts)):
            rest = memoryview(b"".join(parts))[done:]
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
