"""Rows of the standard library: files, paths, the environment, in-memory streams, locks."""

TABLE = """
[module io]
StringIO BytesIO : v

[class io:StringIO]
write           : v v, writes 0
writelines      : v e, writes 0, none, consumes 1
getvalue tell readable writable seekable : v
read readline readlines seek truncate : v, writes 0
flush           : v, none
close           : v, writes 0, none, final

[class io:BytesIO]
write           : v v, writes 0
getvalue tell   : v
read readline readlines seek truncate : v, writes 0
flush           : v, none
close           : v, writes 0, none, final

[class io:TextIOWrapper]
write           : o v, writes 0, orders file 0, handle, final
writelines      : o e, writes 0, orders file 0, handle, final, none, consumes 1
flush close     : o, writes 0, orders file 0, handle, final, none
truncate        : o v, writes 0, orders file 0, handle, final
read readline readlines : o v, writes 0, reads file 0, handle, final
seek            : o v, writes 0, orders file 0, handle, final
__next__        : o, writes 0, reads file 0, handle
tell            : o, writes 0, reads file 0, handle, final
fileno isatty readable writable seekable : o, reads file 0, handle
__enter__       : o, self
__exit__        : o -, writes 0, orders file 0, handle, final

[class ipykernel.iostream:OutStream]
write           : o v, writes 0, final
writelines      : o e, writes 0, final, none, consumes 1
flush           : o, writes 0, final, none
isatty fileno readable writable seekable : o

[class io:BufferedWriter]
write           : o v, writes 0, orders file 0, handle, final
flush close     : o, writes 0, orders file 0, handle, final, none
__enter__       : o, self
__exit__        : o -, writes 0, orders file 0, handle, final

[class io:BufferedReader]
read readline readlines : o v, writes 0, reads file 0, handle, final
seek            : o v, writes 0, orders file 0, handle, final
__next__        : o, writes 0, reads file 0, handle
close           : o, writes 0, reads file 0, handle, final, none
__enter__       : o, self
__exit__        : o -, writes 0, reads file 0, handle, final

[module IPython.core.interactiveshell]
_modified_open  : d, orders file 0, final, gives file, unless opener closefd, name open

[class _thread:LockType]
acquire __enter__ : o v, writes 0
release         : o, writes 0, none
__exit__        : o -, writes 0
locked          : o, writes 0

[class _thread:RLock]
acquire __enter__ : o v, writes 0
release         : o, writes 0, none
__exit__        : o -, writes 0

[module os]
getcwd getcwdb  : v, reads cwd
getenv          : v, reads environ
getpid getppid cpu_count urandom fspath fsencode fsdecode get_terminal_size : v
chdir           : v, orders cwd, final, none
putenv unsetenv : v, orders environ, final, none
stat lstat access readlink : v, reads file 0
listdir scandir : v, reads files
walk fwalk      : v, reads files, gives listing, unless onerror
mkdir makedirs rmdir removedirs remove unlink chmod utime truncate : v, orders file 0, final, none
rename replace renames link symlink : v, orders files, final, none

[class os:_Environ]
get __getitem__ __contains__ keys values items copy __len__ __iter__ : o d, reads environ
__setitem__ __delitem__ pop update setdefault clear : o d, orders environ

[module os.path]
join split splitext basename dirname normpath normcase commonpath commonprefix isabs splitdrive : d
abspath expanduser expandvars relpath : v, reads cwd
exists lexists isfile isdir islink getsize getmtime getatime getctime realpath samefile : v, reads file 0

[module pathlib]
Path PosixPath PurePath PurePosixPath PureWindowsPath : v, part

[class pathlib:PurePath]
as_posix as_uri is_absolute is_relative_to joinpath match relative_to with_name with_stem with_suffix with_segments : v
__truediv__ __rtruediv__ __eq__ __ne__ __lt__ __le__ __gt__ __ge__ : v

[class pathlib:Path]
cwd home absolute expanduser : v, reads cwd
exists is_file is_dir is_symlink stat lstat read_text read_bytes resolve samefile : v, reads file 0
iterdir glob rglob walk : v, reads files, gives listing
write_text write_bytes : v, orders file 0, final
mkdir rmdir touch unlink chmod : v, orders file 0, final, none
rename replace symlink_to hardlink_to : v, orders files, final
open            : v, orders file 0, final, gives file

[module shutil]
copy copy2 copyfile copytree move rmtree : v, orders files, final, unless ignore copy_function onerror onexc
which disk_usage : v, reads files

[module tempfile]
gettempdir      : v
mkdtemp mkstemp NamedTemporaryFile TemporaryDirectory TemporaryFile : v, orders files, final

[module glob]
glob            : v, reads files
iglob           : v, reads files, gives listing
escape          : v
"""
