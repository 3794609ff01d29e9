"""Rows of the methods of the builtin containers, strings and numbers, and the names of their types in rows of operators."""

from __future__ import annotations


# By name, since a table must not be the reason that a module is imported.
KINDS: dict[str, str] = {
    **{f"builtins:{name}": name for name in "list tuple dict set frozenset str bytes bytearray range slice".split()},
    **{f"builtins:{name}": "number" for name in "int float complex bool".split()},
    "decimal:Decimal": "number", "fractions:Fraction": "number", "datetime:date": "time", "datetime:timedelta": "time",
    **{f"collections:{name}": name for name in "deque defaultdict Counter OrderedDict".split()},
    "types:NoneType": "none", "types:EllipsisType": "none", "types:NotImplementedType": "none",
    **{f"numpy:{kind}{bits}": "scalar" for kind in ("int", "uint") for bits in (8, 16, 32, 64)},
    **{f"numpy:{kind}": "scalar" for kind in ("bool_", "float16", "float32", "float64")},
    "numpy:ndarray": "table", **{f"pandas:{name}": "table" for name in "DataFrame Series Index RangeIndex DatetimeIndex".split()},
    **{f"pandas.core.indexing:{name}": "indexer" for name in "_LocIndexer _iLocIndexer _AtIndexer _iAtIndexer".split()},
    "_collections_abc:dict_keys": "keys", "_collections_abc:dict_values": "values", "_collections_abc:dict_items": "items",
}  # fmt: skip

TABLE = """
[class builtins:list]
append          : v -, writes 0, stores, none
insert          : v v -, writes 0, stores, none
extend          : v v, writes 0, stores, none, model extend, direct
pop             : v v, writes 0, part
remove          : d d, writes 0, none
clear reverse   : v, writes 0, none
sort            : d, writes 0, none, model sort, direct
copy            : v, part
index count __contains__ : d d
__getitem__     : v d, part
__delitem__     : v d, writes 0, none
__len__         : v
__iter__ __reversed__ : v, part

[class builtins:tuple]
index count __contains__ : d d
__getitem__     : v d, part
__len__         : v
__iter__        : v, part

[class builtins:dict]
get             : k d -, part
keys values items : v, part
copy            : k, part
pop             : k d -, writes 0, part
popitem         : k, writes 0, part
setdefault      : k d -, writes 0, stores, part
update          : k k, writes 0, stores, none, model update, direct
clear           : v, writes 0, none
fromkeys        : d -, part, consumes 0
__getitem__     : k d, part
__setitem__     : k d -, writes 0, stores, none
__delitem__     : k d, writes 0, none
__contains__    : k d
__len__         : v
__iter__ __reversed__ : v, part

[class builtins:set]
add             : k d, writes 0, stores, none
discard remove  : k d, writes 0, none
pop             : k, writes 0, part
clear           : k, writes 0, none
copy            : k, part
union difference intersection symmetric_difference : k d, part, consumes 1 2 3 4
issubset issuperset isdisjoint                     : k d, consumes 1
update                                             : k, writes 0, stores, none, model extend, direct
difference_update intersection_update              : k d, writes 0, none, consumes 1 2 3 4
symmetric_difference_update                        : k d, writes 0, stores, none, consumes 1
__contains__    : k d
__len__         : v
__iter__        : v, part

[class builtins:frozenset]
union difference intersection symmetric_difference copy : k d, part, consumes 1 2 3 4
issubset issuperset isdisjoint                     : k d, consumes 1
__contains__    : k d
__len__         : v

[class builtins:str]
join            : v e, atom, consumes 1
format format_map : v d, looks, atom
translate startswith endswith : v d, atom
maketrans       : v d
capitalize casefold center count encode expandtabs find index isalnum isalpha isascii isdecimal isdigit isidentifier : v, atom
isnumeric isprintable isspace istitle isupper islower ljust lower lstrip removeprefix removesuffix replace rfind rindex : v, atom
rjust rstrip strip swapcase title upper zfill __contains__ __getitem__ __len__ : v, atom
partition rpartition rsplit split splitlines : v
__add__ __mul__ __eq__ __ne__ __lt__ __le__ __gt__ __ge__ __hash__ __str__ __repr__ : v
__format__      : v
__mod__         : v d

[class builtins:bytes]
join            : v e, atom, consumes 1
startswith endswith : v d, atom
capitalize center count decode expandtabs find hex index isalnum isalpha isascii isdigit islower isspace istitle isupper : v, atom
ljust lower lstrip removeprefix removesuffix replace rfind rindex rjust rstrip strip swapcase title translate upper : v, atom
zfill           : v, atom
maketrans partition rpartition rsplit split splitlines fromhex __len__ __getitem__ __contains__ : v

[class builtins:bytearray]
join            : v e, consumes 1
startswith endswith : v d
append insert remove clear reverse : v, writes 0, none
extend          : v e, writes 0, none, consumes 1
pop             : v, writes 0
copy center count decode find hex index isalnum isalpha isascii isdigit islower isspace istitle isupper ljust lower lstrip : v
partition replace rfind rindex rjust rpartition rsplit rstrip split splitlines strip swapcase title translate upper zfill : v

[class builtins:int]
as_integer_ratio bit_count bit_length conjugate to_bytes from_bytes is_integer __eq__ __lt__ __hash__ __add__ __mul__ : v

[class builtins:float]
as_integer_ratio conjugate fromhex hex is_integer __eq__ __lt__ __hash__ : v

[class builtins:complex]
conjugate       : v

[class builtins:range]
index count     : v

[class builtins:slice]
indices         : d

[class collections:deque]
append appendleft : v -, writes 0, stores, none
extend extendleft : v v, writes 0, stores, none, model extend, direct
insert          : v v -, writes 0, stores, none
pop popleft     : v, writes 0, part
clear reverse rotate : v, writes 0, none
remove          : d d, writes 0, none
copy            : v, part
index count     : d d

[class collections:defaultdict]
copy            : k, part

[class collections:OrderedDict]
move_to_end     : k d v, writes 0, none
popitem         : k, writes 0, part
pop             : k d -, writes 0, part
setdefault      : k d -, writes 0, stores, part
update          : k k, writes 0, stores, none, model update, direct
clear           : v, writes 0, none
keys values items : v, part
__iter__ __reversed__ : v, part
copy            : k, part
fromkeys        : d -, part, consumes 0

[class collections:Counter]
most_common total elements : d, part
update subtract : d d, writes 0, none, consumes 1
copy            : k, part

[module collections]
deque           : v, part, model listed, direct
defaultdict     : o k, part, model dict, direct
OrderedDict     : k, part, model dict, direct
Counter         : d, part, consumes 0
namedtuple      : d, caller
ChainMap        : o, part
"""
