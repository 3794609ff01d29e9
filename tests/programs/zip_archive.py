"""Archives in memory: written, listed, read, with folders and comments; tar and gzip as well."""

import gzip
import io
import tarfile
import zipfile

FILES = {"a.txt": "alpha\n", "sub/b.txt": "beta\n" * 3, "sub/c.bin": "\x00\x01"}


def pack(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            info = zipfile.ZipInfo(name, (2024, 1, 2, 3, 4, 6))
            archive.writestr(info, text)
        archive.comment = b"made in memory"
    return out.getvalue()


def listing(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if archive.testzip() is not None:
            raise ValueError("damaged")
        for info in archive.infolist():
            yield info.filename, info.file_size, info.date_time[0], archive.read(info)[:5]


data = pack(FILES)
for name, size, year, start in listing(data):
    print(f"{name:10} {size:3} {year} {start}")
with zipfile.ZipFile(io.BytesIO(data)) as archive:
    print(archive.comment, archive.namelist() == list(FILES), zipfile.is_zipfile(io.BytesIO(b"no")))
    with archive.open("sub/b.txt") as member:
        print([line.decode().strip() for line in member])
    try:
        archive.read("missing")
    except KeyError as e:
        print(str(e)[:30])
packed = gzip.compress(b"x" * 1000, mtime=0)
print(len(packed) < 50, len(gzip.decompress(packed)))
buffer = io.BytesIO()
with tarfile.open(fileobj=buffer, mode="w") as tar:
    for name, text in FILES.items():
        info = tarfile.TarInfo(name)
        info.size = len(text.encode())
        tar.addfile(info, io.BytesIO(text.encode()))
buffer.seek(0)
with tarfile.open(fileobj=buffer) as tar:
    print({m.name: m.size for m in tar}, tar.extractfile("a.txt").read())
try:
    list(listing(data[:-20]))
except zipfile.BadZipFile as e:
    print("bad zip")
