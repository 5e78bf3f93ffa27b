"""
Typed text of a returned value, for a comparison that happens elsewhere.

Plain JSON where Python's value is JSON's (exact integers, floats by repr, NaN and Infinity as Python writes them), and
an object with one tag for the rest:

  {"t": [...]}              tuple                {"d": [k1, v1, ...]}   dict whose keys are strings
  {"D": "1.50"}             Decimal              {"q": [1, 2]}          a quotient of integers
  {"c": [re, im]}           complex              {"n": ["int64", 3]}    numpy scalar
  {"a": ["int64", [1], 3]}  numpy array of one element, with its shape
  {"A": [2, 2]}             numpy array of any other size, with its shape
  {"N": 0}                  the NaN of Python's JSON reader, which lists and dicts take for equal to itself
  {"x": "-0x1f"}            an integer of more digits than the interpreter writes
  {"o": ["name", "repr"]}   anything else: equal to nothing

Where a type's `==` comes from decides what a value counts as: a subclass without its own `__eq__` compares as its base does,
and a class with its own never counts as plain.
"""
import sys
# Bound now, as all that is used here: what a program does to builtins and modules does not reach its result.
from builtins import bool, float, hash, hex, id, int, isinstance, issubclass, iter, len, list, map, repr, set, str, tuple, type
from collections import Counter, OrderedDict, UserList, UserString
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from json.decoder import NaN
from json.encoder import c_make_encoder, encode_basestring
from types import MappingProxyType

MAX_DEPTH = 50_000  # the recursion limit: nothing deeper was read from a test
REPR_CHARS = 2000


class TooLarge(Exception):
    """The text of the value is longer than allowed."""


_ATOMS = frozenset((int, str, bool, type(None)))
_encode = c_make_encoder(None, None, encode_basestring, None, ":", ",", False, False, True)


def typed_text(value, limit):
    """The value as text of at most `limit` characters; raises TooLarge above that."""
    if isinstance(value, tuple):  # the outermost tuple only, named or not
        value = list(value)
    parts, left = [], limit
    # What is open: what comes next in it, the text behind it, its identity.
    around, inside = [(iter((value,)), "", 0)], {0}
    comma = ""
    while around:
        items, end, identity = around[-1]
        for item in items:
            if id(item) in inside or len(around) > MAX_DEPTH:
                form = _opaque(item)
            else:
                form = _form(item, left)
            if type(form) is str:
                text = comma + form
                comma = ","
            else:
                text = comma + form[0]
                comma = ""
            left -= len(text)
            if left < 0:
                raise TooLarge
            parts.append(text)
            if not comma:
                around.append((*form[1:], id(item)))
                inside.add(id(item))
                break
        else:
            parts.append(end)
            comma = ","
            around.pop()
            inside.discard(identity)
    return "".join(parts)


def _form(value, left):
    """The text of a value, or what encloses it and the values in it: (text before, iterator, text behind)."""
    kind = type(value)
    if kind is list:
        return _list(value)
    if kind is str and len(value) > left:
        raise TooLarge
    if kind in _ATOMS or kind is float:
        return _FORMS[kind.__eq__](value) if kind is not type(None) else "null"
    return _form_of(kind)(value)


def _form_of(kind):
    """The function for values of this type: its `==` decides which."""
    equality = type.__getattribute__(kind, "__eq__")  # not what a metaclass says
    if equality not in _FORMS and "numpy" in sys.modules and not _learnt:
        _learn_numpy()
    return _FORMS.get(equality, _opaque)


# ---- one form for each equality


def _plain(value):
    return "".join(_encode(value, 0))


def _list(value):
    items = value if type(value) is list else [*list.__iter__(value)]
    if set(map(type, items)) <= _ATOMS:
        try:
            return _plain(items)  # the common case at C speed
        except ValueError:
            pass  # an integer of too many digits
    return "[", iter(items), "]"


def _int(value):
    if type(value) is bool:
        return "true" if value else "false"
    try:
        return int.__repr__(value)
    except ValueError:
        return '{"x":"%s"}' % hex(int.__index__(value))


def _float(value):
    return '{"N":0}' if value is NaN else _plain(float.__float__(value))


def _text(value):
    return _plain(str.__str__(value))


def _quotient(numerator, denominator):
    return '{"q":[%s,%s]}' % (_int(numerator), _int(denominator))


def _complex(value):
    return '{"c":[%s,%s]}' % (_plain(complex.real.__get__(value)), _plain(complex.imag.__get__(value)))


def _data(value):
    """A class of the library that compares what it holds."""
    return "", iter((value.data,)), ""


def _dict(value, pairs=None):
    flat = []
    for key, item in dict.items(value) if pairs is None else pairs:
        flat += _key(key), item
    return _opaque(value) if None in flat[::2] else ('{"d":[', iter(flat), "]}")


def _key(key):
    """The plain text under which a look-up finds this key, or None."""
    if type(key) is str:
        return key
    form = _form_of(type(key))
    text = str.__str__(key) if form is _text else key.data if form is _data else None
    return text if type(text) is str and hash(key) == hash(text) else None


def _opaque(value):
    try:
        name, text = type.__dict__["__name__"].__get__(type(value)), repr(value)[:REPR_CHARS]
    except Exception:
        name, text = "object", "..."
    return '{"o":[%s,%s]}' % (_plain(str(name)[:200]), _plain(str(text)))


_FORMS = {
    list.__eq__: _list,
    tuple.__eq__: lambda value: ('{"t":[', tuple.__iter__(value), "]}"),
    dict.__eq__: _dict,
    int.__eq__: _int,
    float.__eq__: _float,
    str.__eq__: _text,
    complex.__eq__: _complex,
    # Against plain values these come down to the equality of a dict, of a number, of what they hold.
    Counter.__eq__: _dict,
    OrderedDict.__eq__: _dict,
    Mapping.__eq__: lambda value: _dict(value, dict(value.items()).items()),
    MappingProxyType.__eq__: lambda value: _dict(value, value.items()),
    Decimal.__eq__: lambda value: '{"D":%s}' % _plain(Decimal.__str__(value)),
    Fraction.__eq__: lambda value: _quotient(value._numerator, value._denominator),
    UserList.__eq__: _data,
    UserString.__eq__: _data,
}

# ---- numpy

_learnt = []


def _learn_numpy():
    """The equalities of numpy's numbers and arrays, once a program has imported it."""
    np = sys.modules["numpy"]
    try:
        for kind in {*np.sctypeDict.values()}:
            if issubclass(kind, (np.bool_, np.integer, np.floating, np.complexfloating)):
                _FORMS[kind.__eq__] = _scalar
        _FORMS[np.str_.__eq__] = _text
        for kind in (np.ndarray, np.flatiter, np.ma.MaskedArray):
            _FORMS[kind.__eq__] = _array
    except Exception:
        return  # not numpy, or not whole yet
    _learnt.append(np)


def _scalar(value):
    return '{"n":["%s",%s]}' % (type(value).__name__, _number(value))


def _number(value):
    """A numpy number. Extended precision has no type of Python's own: quotients are exact."""
    if isinstance(value, _learnt[0].complexfloating):
        return '{"c":[%s,%s]}' % (_number(value.real), _number(value.imag))
    item = value.item()
    if type(item) is not type(value):
        return _int(item) if isinstance(item, int) else _plain(item)
    return _quotient(*item.as_integer_ratio()) if _learnt[0].isfinite(item) else _plain(float(item))


def _array(value):
    if type(value).__module__ not in sys.modules:
        return _opaque(value)  # of a class of the program's: so is the comparison, and the checker cannot send that
    np, array = _learnt[0], value
    if isinstance(value, np.flatiter):
        array = value.copy()
    elif isinstance(value, np.ma.MaskedArray):
        if np.ma.is_masked(value):
            return _opaque(value)
        array = value.data
    shape = _plain(list(array.shape))
    if array.size != 1 or array.dtype.kind not in "biufcUO":
        return '{"A":%s}' % shape
    return '{"a":["%s",%s,' % (array.dtype.name, shape), iter((np.ndarray.item(array),)), "]}"
