"""The walls a candidate process puts up around itself before it reads the program: irrevocable, and without help."""
