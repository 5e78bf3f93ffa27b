"""
What the checker's process has done before it runs a program: the first stream of standard input is closed, another one reads nothing;
modules are what they are there (late.py), or what they can be inside the walls (primitives.py).
"""
import site
import sys

import late
import primitives


def arrange():
    """Call before `prelude.guard`."""
    for name_things in (site.setquit, site.setcopyright, site.sethelper):  # `site.main` would run the code of installed packages, too
        name_things()
    sys.stdin.close()  # its descriptor stays open
    sys.stdin = open(0, encoding="utf-8", closefd=False)
    primitives.install()
    late.prepare()
