"""Turns a script into the function that the checker calls once per test (stdin format)."""
import ast

MAIN_TEST = "__name__ == '__main__'"
FUNCTION = "wrapped_function"

# In the place of the prelude's text, and as many lines: programs can see the numbers of theirs. With a statement before it
# `from __future__` no longer comes first.
PRELUDE = "0" + "\n" * 36


def stdin_program(code):
    """
    Text to execute for a stdin program: a last top-level main guard is replaced by its body, top-level imports come
    first, everything else becomes the body of one function. The text is regenerated from the tree.

    Returns None where the tree cannot be read or written again (a syntax error, too deep): the checker then executes
    the text as it is, without the prelude.
    """
    try:
        tree = ast.parse(code)
        unguarded = _without_main_guard(tree)
        if unguarded is not None:
            tree = ast.parse(unguarded)
        imports, others = _split_imports(tree)
        function = ast.FunctionDef(
            name=FUNCTION,
            args=ast.arguments(posonlyargs=[], args=[], kwonlyargs=[], kw_defaults=[], defaults=[]),
            body=others,
            decorator_list=[],
            lineno=-1,
        )
        return PRELUDE + ast.unparse(imports) + "\n" + ast.unparse(function)
    except Exception:
        return None


def _split_imports(tree):
    imports = [node for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom))]
    others = [node for node in tree.body if not isinstance(node, (ast.Import, ast.ImportFrom))]
    return imports, others


def _without_main_guard(tree):
    """The text with the body of a last main guard in its place; None where there is no such guard."""
    try:
        last = tree.body[-1]
        if isinstance(last, ast.If) and ast.unparse(last.test).strip() == MAIN_TEST:
            return ast.unparse(tree.body[:-1]) + "\n" + ast.unparse(last.body)
    except Exception:
        pass
    return None


def user_lines(code, rewritten):
    """
    Maps lines of the rewritten text to lines of the user's program, by walking both trees statement by statement.
    Built only when an error is reported. Empty where the trees do not match.
    """
    lines = {}
    try:
        tree = ast.parse(code)
        last = tree.body[-1] if tree.body else None
        if isinstance(last, ast.If) and ast.unparse(last.test).strip() == MAIN_TEST:
            tree.body[-1:] = last.body
        imports, others = _split_imports(tree)
        new = ast.parse(rewritten).body
        function = new[-1]
        _pair(new[1:-1], imports, lines)
        _pair(function.body, others, lines)
    except Exception:
        pass
    return lines


def _pair(new, old, lines):
    for a, b in zip(new, old):
        if type(a) is not type(b):
            return
        first = a.lineno
        lines.setdefault(first, b.lineno)
        for name in ("body", "orelse", "finalbody"):
            inner = getattr(a, name, None)
            if isinstance(inner, list):
                _pair(inner, getattr(b, name), lines)
        for name in ("handlers", "cases"):
            for x, y in zip(getattr(a, name, ()), getattr(b, name, ())):
                if hasattr(x, "lineno"):
                    lines.setdefault(x.lineno, y.lineno)
                _pair(x.body, y.body, lines)
