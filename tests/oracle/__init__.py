"""An independent oracle for how long a program must take, and random programs to compare the engine with it."""
