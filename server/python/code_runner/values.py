"""
Typed text of a returned value, for a comparison that happens elsewhere.

Plain JSON where Python's value is JSON's (exact integers, floats by repr, NaN and Infinity as Python writes them), and
an object with one tag for the rest:

  {"t": [...]}              tuple                {"d": [k1, v1, ...]}   dict whose keys are strings
  {"D": "1.50"}             Decimal              {"q": ["1", "2"]}      Fraction
  {"c": [re, im]}           complex              {"n": ["int64", 3]}    numpy scalar
  {"a": ["int64", [1], 3]}  numpy array of one element, with its shape
  {"A": [2, 2]}             numpy array of any other size, with its shape
  {"o": ["name", "repr"]}   anything else: equal to nothing

A value counts as plain when its type compares as the plain type does: a class with its own `__eq__` never does.
"""
import json
import sys

MAX_DEPTH = 900  # the reader of this text allows 1000
REPR_CHARS = 2000


class TooLarge(Exception):
    """The text of the value is longer than allowed."""


_ATOMS = frozenset((int, str, bool, type(None)))
# Types of the standard library whose own `__eq__` comes down to that of the plain type when the other side is plain.
_TRUSTED_EQ = {
    ("collections", "Counter"), ("collections", "OrderedDict"), ("collections", "UserDict"), ("collections", "UserList"),
    ("collections", "UserString"), ("collections", "ChainMap"), ("decimal", "Decimal"), ("fractions", "Fraction"),
    ("builtins", "mappingproxy"),
}


def typed_text(value, limit):
    """The value as text of at most `limit` characters; raises TooLarge above that."""
    if isinstance(value, tuple):  # the outermost tuple only, named or not
        value = list(value)
    if type(value) is list and set(map(type, value)) <= _ATOMS and len(value) * 2 <= limit:
        text = json.dumps(value)  # the common case at C speed
        if len(text) > limit:
            raise TooLarge
        return text
    writer = _Writer(limit)
    writer.write(value, 0)
    return "".join(writer.parts)


class _Writer:
    def __init__(self, limit):
        self.parts, self.left, self.open = [], limit, set()

    def put(self, text):
        self.left -= len(text)
        if self.left < 0:
            raise TooLarge
        self.parts.append(text)

    def write(self, value, depth):
        kind = type(value)
        if value is None or kind is bool:
            self.put(json.dumps(value))
        elif kind is int:
            self.put(int.__repr__(value))
        elif kind is str:
            if len(value) > self.left:
                raise TooLarge
            self.put(json.dumps(value))
        elif kind is float:
            self.put(json.dumps(value))
        elif depth > MAX_DEPTH or id(value) in self.open:
            self.put(json.dumps({"o": ["recursive " + kind.__name__, "..."]}))
        else:
            self.open.add(id(value))
            self.other(value, kind, depth + 1)
            self.open.discard(id(value))

    def items(self, values, depth):
        self.put("[")
        for i, item in enumerate(values):
            if i:
                self.put(",")
            self.write(item, depth)
        self.put("]")

    def other(self, value, kind, depth):
        eq = kind.__eq__
        if eq is list.__eq__:
            self.items(list.__iter__(value), depth)
        elif eq is tuple.__eq__:
            self.put('{"t":')
            self.items(tuple.__iter__(value), depth)
            self.put("}")
        elif eq is dict.__eq__:
            self.mapping(value, dict.items(value), depth)
        elif eq is int.__eq__:
            self.put(int.__repr__(value))
        elif eq is float.__eq__:
            self.put(json.dumps(float.__float__(value)))
        elif eq is str.__eq__:
            self.put(json.dumps(str.__str__(value)))
        elif kind is complex:
            self.put(json.dumps({"c": [value.real, value.imag]}))
        elif (kind.__module__, kind.__qualname__) in _TRUSTED_EQ:
            self.library(value, kind, depth)
        elif kind.__module__ == "numpy" and "numpy" in sys.modules:
            self.numpy(value, sys.modules["numpy"], depth)
        else:
            self.opaque(value, kind)

    def mapping(self, value, pairs, depth):
        pairs = list(pairs)
        if not all(type(k) is str or (isinstance(k, str) and type(k).__hash__ is str.__hash__) for k, _ in pairs):
            return self.opaque(value, type(value))
        self.put('{"d":')
        self.items([x for pair in pairs for x in pair], depth)
        self.put("}")

    def library(self, value, kind, depth):
        name = kind.__qualname__
        if name == "Decimal":
            self.put(json.dumps({"D": str(value)}))
        elif name == "Fraction":
            self.put(json.dumps({"q": [str(value.numerator), str(value.denominator)]}))
        elif name == "UserList":
            self.write(value.data, depth)
        elif name == "UserString":
            self.write(value.data, depth)
        else:  # Counter, OrderedDict, UserDict, ChainMap, mappingproxy: the items decide
            self.mapping(value, value.items(), depth)

    def numpy(self, value, np, depth):
        if isinstance(value, np.str_):
            self.put(json.dumps(str(value)))
        elif isinstance(value, (np.bool_, np.integer, np.floating, np.complexfloating)):
            self.tagged("n", [type(value).__name__], value.item(), depth)
        elif isinstance(value, np.ndarray) and value.size == 1 and value.dtype.kind in "biufcUO":
            self.tagged("a", [value.dtype.name, list(value.shape)], value.reshape(-1)[0].item()
                        if value.dtype.kind != "O" else value.reshape(-1)[0], depth)
        elif isinstance(value, np.ndarray):
            self.put(json.dumps({"A": list(value.shape)}))
        else:
            self.opaque(value, type(value))

    def tagged(self, tag, head, item, depth):
        self.put('{"%s":[%s,' % (tag, ",".join(json.dumps(part) for part in head)))
        self.write(item, depth)
        self.put("]}")

    def opaque(self, value, kind):
        try:
            text = repr(value)[:REPR_CHARS]
        except Exception:
            text = "..."
        self.put(json.dumps({"o": [str(kind.__name__)[:200], text]}))
