"""
Frames between the helper and one candidate process: `<length u32><type u8><payload>`, little endian.

Texts carry one byte before them: 0 for UTF-8, 1 for UTF-16-LE (only where lone surrogates forbid UTF-8).
"""
import re
import struct
from os import _exit, readv, write, writev

_TWO_HALVES = re.compile("([\ud800-\udbff])([\udc00-\udfff])")
HEADER = struct.Struct("<IB")


class Channel:
    def __init__(self, fd):
        self.fd = fd

    def receive(self):
        """The next frame as (type character, payload). Ends the process when the helper is gone."""
        length, kind = HEADER.unpack(self._exactly(HEADER.size))
        return chr(kind), self._exactly(length)

    def _exactly(self, count):
        data = bytearray(count)
        view, done = memoryview(data), 0
        while done < count:
            got = readv(self.fd, [view[done:]])
            if got == 0:
                _exit(0)
            done += got
        return data

    def send(self, kind, payload):
        head = HEADER.pack(len(payload), ord(kind))
        done = writev(self.fd, [head, payload])
        if done < len(head):
            raise OSError("short write")
        view = memoryview(payload)
        done -= len(head)
        while done < len(payload):
            done += write(self.fd, view[done:])


def text_of(payload):
    return str(memoryview(payload)[1:], "utf-16-le" if payload[0] else "utf-8", "surrogatepass")


def payload_of(text):
    try:
        return b"\0" + text.encode("utf-8")
    except UnicodeEncodeError:
        # Two code points of their own, which are not the character that they would be in UTF-16.
        text = _TWO_HALVES.sub("\\1\uffff\\2", text)
        return b"\1" + text.encode("utf-16-le", "surrogatepass")
