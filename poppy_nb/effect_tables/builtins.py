"""Rows of the builtin functions, classes and exceptions."""

TABLE = """
[module builtins]
abs round divmod pow            : v
bin chr hex oct ord             : v, atom
ascii repr format str           : d, atom
bool int float complex len range : v, atom
bytes bytearray                 : e, consumes 0
callable id                     : o, atom
type                            : o, most 1
hash                            : d, atom
slice                           : d
object                          : d
memoryview                      : v, part
print                           : d, orders stdout, final, none, unless file
open                            : d, orders file 0, final, gives file, unless opener closefd

isinstance issubclass           : o, model isinstance
getattr                         : o d -, part, model getattr
hasattr                         : o d, model hasattr
setattr                         : o d -, writes 0, stores, none, model setattr
delattr                         : o d, writes 0, none, model delattr

list tuple                      : v, part, model listed, direct
set frozenset                   : d, part, model listed, direct
dict                            : k, part, model dict, direct
enumerate                       : v, part, model enumerate, direct
reversed                        : v, part, model reversed, direct
zip                             : v, part, model zip, direct
map filter                      : -, part, model lazy
iter                            : v, part, model iter, direct, most 1
next                            : o -, writes 0, part, model next
any all                         : d, model anyall, direct
sum                             : d, part, model sum, direct
min max                         : d, part, model extreme, direct
sorted                          : d, part, model sorted, direct

BaseException Exception ArithmeticError AssertionError AttributeError BufferError EOFError FloatingPointError : o, part
GeneratorExit : o, part
ImportError IndexError KeyError KeyboardInterrupt LookupError MemoryError ModuleNotFoundError NameError : o, part
NotImplementedError : o, part
OverflowError RecursionError ReferenceError RuntimeError StopAsyncIteration StopIteration SyntaxError IndentationError : o, part
TabError : o, part
SystemError SystemExit TypeError UnboundLocalError ValueError ZeroDivisionError UnicodeError UnicodeDecodeError : o, part
UnicodeEncodeError : o, part
UnicodeTranslateError OSError BlockingIOError ChildProcessError ConnectionError BrokenPipeError ConnectionAbortedError : o, part
ConnectionRefusedError ConnectionResetError FileExistsError FileNotFoundError InterruptedError IsADirectoryError : o, part
NotADirectoryError PermissionError ProcessLookupError TimeoutError Warning BytesWarning DeprecationWarning FutureWarning : o, part
ImportWarning PendingDeprecationWarning ResourceWarning RuntimeWarning SyntaxWarning UnicodeWarning UserWarning : o, part

[class builtins:BaseException]
with_traceback  : o o, writes 0, self
add_note        : o v, writes 0, none
__init__        : o, writes 0, stores, none
[class builtins:Exception]
__init__        : o, writes 0, stores, none
[class builtins:ArithmeticError]
__init__        : o, writes 0, stores, none
[class builtins:AssertionError]
__init__        : o, writes 0, stores, none
[class builtins:LookupError]
__init__        : o, writes 0, stores, none
[class builtins:IndexError]
__init__        : o, writes 0, stores, none
[class builtins:KeyError]
__init__        : o, writes 0, stores, none
[class builtins:NotImplementedError]
__init__        : o, writes 0, stores, none
[class builtins:RuntimeError]
__init__        : o, writes 0, stores, none
[class builtins:TypeError]
__init__        : o, writes 0, stores, none
[class builtins:ValueError]
__init__        : o, writes 0, stores, none
[class builtins:OSError]
__init__        : o, writes 0, stores, none
[class builtins:ConnectionError]
__init__        : o, writes 0, stores, none
[class builtins:TimeoutError]
__init__        : o, writes 0, stores, none
[class builtins:PermissionError]
__init__        : o, writes 0, stores, none
[class builtins:Warning]
__init__        : o, writes 0, stores, none
[class builtins:UserWarning]
__init__        : o, writes 0, stores, none

[class builtins:object]
__new__         : o, most 1
__setattr__     : o d -, writes 0, stores, none
__delattr__     : o d, writes 0, none
__init__        : o, none, most 1
"""
