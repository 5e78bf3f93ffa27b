"""Text of an exception for people, with the line numbers of the user's program."""
import traceback

MAX_CHARS = 8000
MAX_FRAMES = 12


def describe(error, line_of):
    """
    Python's own traceback text, reduced to the frames of the program.

    `line_of` maps a line of the executed text to one of the user's program, or gives None.
    Never raises: exceptions of a hostile program may refuse to be printed.
    """
    try:
        parts = []
        frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename == "<string>"]
        if len(frames) > MAX_FRAMES:
            frames = frames[:3] + frames[3 - MAX_FRAMES:]
        for frame in frames:
            line = line_of(frame.lineno)
            if line is not None:
                where = "" if frame.name in ("wrapped_function", "<module>") else f", in {frame.name}"
                parts.append(f"line {line}{where}\n")
        if isinstance(error, SyntaxError) and error.filename == "<string>":
            line = line_of(error.lineno or 0)
            parts.append(f"{type(error).__name__}: {error.msg}" + (f" (line {line})" if line else ""))
        else:
            parts.append("".join(traceback.format_exception_only(type(error), error)).strip())
        return "".join(parts)[-MAX_CHARS:]
    except BaseException:
        return type(error).__name__
