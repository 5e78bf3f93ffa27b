"""Call-based format: arguments from the test input."""
import json


def arguments(text):
    """One JSON value a line, all of them positional arguments. An empty line is an error, as in the reference."""
    return [json.loads(line) for line in text.split("\n")]
