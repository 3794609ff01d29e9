"""Binary records: struct, bytes, memoryview, arrays, checksums, a file in memory."""

import io
import struct
from array import array

HEADER = struct.Struct(">4sHB")
RECORD = struct.Struct("<I8sf")


def write(records):
    out = io.BytesIO()
    out.write(HEADER.pack(b"POPY", 1, len(records)))
    for number, name, value in records:
        out.write(RECORD.pack(number, name.encode().ljust(8, b"\0"), value))
    data = out.getvalue()
    return data + bytes([sum(data) % 256])


def read(data):
    if sum(data[:-1]) % 256 != data[-1]:
        raise ValueError("bad checksum")
    magic, version, count = HEADER.unpack_from(data)
    if magic != b"POPY":
        raise ValueError(f"not ours: {magic!r}")
    for k in range(count):
        number, name, value = RECORD.unpack_from(data, HEADER.size + k * RECORD.size)
        yield number, name.rstrip(b"\0").decode(), value


data = write([(1, "ann", 1.5), (70000, "bob", -0.25)])
print(len(data), data[:7].hex(" "), list(read(data)))
broken = bytearray(data)
broken[8] ^= 0xFF
for bad in (bytes(broken), b"NOPE\0\1\0" + bytes([sum(b"NOPE\0\1\0") % 256])):
    try:
        list(read(bad))
    except ValueError as e:
        print(e)
view = memoryview(bytearray(b"abcdef"))
view[1:3] = b"XY"
print(bytes(view), view[::2].tobytes(), view.nbytes, struct.calcsize("<bhi"), struct.pack(">i", -2).hex())
numbers = array("h", [1, -2, 300])
numbers.append(4)
print(numbers.tolist(), numbers.itemsize, numbers.tobytes()[:2], array("B", b"hi").tolist())
try:
    numbers.append(1 << 20)
except OverflowError as e:
    print("too big")
print(int.from_bytes(b"\xff\xfe", "little", signed=True), b"a,b".split(b","), "é".encode("utf-16-le"), b"\xc3\xa9".decode(), b"x" in b"xyz")
for item in struct.iter_unpack("<H", bytes(range(4))):
    print(item)
