"""Rows of the standard library: computing with values, iterators, functions, clocks, random numbers."""

TABLE = """
[class sqlite3:Row]
__getitem__ __len__ __iter__ keys : v d

[class sqlite3:Connection]
__enter__       : o, self

[class collections:ChainMap]
__getitem__ get __contains__ : d d, part
__len__         : d
keys values items : d, part

[module math]
acos acosh asin asinh atan atan2 atanh cbrt ceil comb copysign cos cosh degrees erf erfc exp exp2 expm1 fabs factorial floor : v
fma : v
fmod frexp gamma gcd hypot isclose isfinite isinf isnan isqrt lcm ldexp lgamma log log10 log1p log2 modf nextafter perm pow : v
radians remainder sin sinh sqrt tan tanh trunc ulp : v
fsum prod       : d, consumes 0
dist            : d
sumprod         : d, consumes 0 1

[module cmath]
acos acosh asin asinh atan atanh cos cosh exp isclose isfinite isinf isnan log log10 phase polar rect sin sinh sqrt tan tanh : v

[module statistics]
mean fmean geometric_mean harmonic_mean median median_low median_high median_grouped mode multimode pstdev : d, part, consumes 0
pvariance stdev : d, part, consumes 0
variance quantiles covariance correlation linear_regression : d, part, consumes 0 1
NormalDist      : d

[module decimal]
Decimal         : d, reads context
getcontext      : o, reads context, part

[module fractions]
Fraction        : d

[module random]
random          : v, orders random
randint randrange uniform gauss normalvariate lognormvariate expovariate vonmisesvariate gammavariate : v, orders random
betavariate : v, orders random
paretovariate weibullvariate triangular getrandbits randbytes binomialvariate : v, orders random
choice          : v, part, orders random
choices sample  : v d, part, orders random
shuffle         : v, writes 0, none, orders random, most 1
seed            : d, none, orders random
getstate        : d, reads random
setstate        : d, none, orders random
Random          : v, most 1

[class random:Random]
random randint randrange uniform gauss normalvariate lognormvariate expovariate vonmisesvariate gammavariate : v, writes 0
betavariate : v, writes 0
paretovariate weibullvariate triangular getrandbits randbytes binomialvariate : v, writes 0
choice          : v v, part, writes 0
choices sample  : v v d, part, writes 0
shuffle         : v v, writes 0 1, none, most 2
seed setstate   : v d, writes 0, none
getstate        : v

[module secrets]
token_hex token_bytes token_urlsafe randbelow randbits compare_digest : v
choice          : v, part

[module uuid]
UUID            : v
uuid1 uuid3 uuid4 uuid5 : v

[module time]
time time_ns perf_counter perf_counter_ns monotonic monotonic_ns process_time process_time_ns thread_time : v, clock
thread_time_ns : v, clock
localtime gmtime ctime asctime strftime : d, clock
mktime strptime : d
sleep           : v, none, external

[module datetime]
date time datetime timedelta timezone : v

[class datetime:date]
today           : v, clock
fromtimestamp fromordinal fromisoformat fromisocalendar isoformat strftime ctime weekday isoweekday isocalendar toordinal : v
replace timetuple : v

[class datetime:datetime]
now utcnow today : v, clock
fromtimestamp utcfromtimestamp fromordinal fromisoformat fromisocalendar combine strptime isoformat strftime ctime weekday : v
isoweekday : v
isocalendar toordinal replace date time timetz timetuple utctimetuple timestamp astimezone utcoffset dst tzname : v

[class datetime:time]
fromisoformat isoformat strftime replace utcoffset dst tzname : v

[class datetime:timedelta]
total_seconds   : v

[module zoneinfo]
ZoneInfo        : v

[module calendar]
isleap leapdays weekday monthrange timegm month : v

[module itertools]
count           : v
repeat          : o v, part
chain islice    : v, part, model lazy, direct
zip_longest batched : v, part, model lazy, direct
cycle pairwise product permutations combinations combinations_with_replacement : e, part, model lazy, direct
tee             : e, part, model tee, direct
accumulate groupby compress starmap takewhile dropwhile filterfalse : -, part, model lazy

[class itertools:chain]
from_iterable   : d, part, model chain_from_iterable, direct

[module functools]
reduce          : -, part, model reduce
partial         : o, part
cache lru_cache cached_property cmp_to_key wraps singledispatch : o, part
update_wrapper  : o o d, writes 0, self
total_ordering  : o, writes 0, self

[class functools:<locals>]
lru_cache.<locals>.decorating_function : o, part

[class functools:partial]
__call__        : -, part, model partial_call

[class functools:_lru_cache_wrapper]
__call__        : o -, part, model cached_call
cache_info      : o, final

[class functools:cached_property]
__get__         : o, part, model cached_property

[module operator]
add sub mul truediv floordiv mod pow matmul and_ or_ xor lshift rshift : - , part, model operator
eq ne lt le gt ge is_ is_not not_ truth neg pos invert contains getitem setitem delitem concat : -, part, model operator
iadd isub imul itruediv ifloordiv imod ipow iand ior ixor iconcat : -, part, model operator
abs index       : v
countOf indexOf : d
itemgetter attrgetter : d
methodcaller    : o, part

[class operator:itemgetter]
__call__        : o -, part, model itemgetter

[class operator:attrgetter]
__call__        : o -, part, model attrgetter

[class operator:methodcaller]
__call__        : o -, part, model methodcaller

[module copy]
copy            : v, part, model copy
deepcopy        : d, model deepcopy
replace         : o -, part, model replace

[module heapq]
heappush        : d d, writes 0, stores, none
heappop         : d, writes 0, part
heapify         : d, writes 0, none
heappushpop heapreplace : d d, writes 0, stores, part
nlargest nsmallest : v d, part, model largest, direct

[module bisect]
bisect bisect_left bisect_right : d, unless key
insort insort_left insort_right : d d, writes 0, stores, none, unless key

[module contextlib]
contextmanager asynccontextmanager : o, part
nullcontext suppress : o, part

[class contextlib:suppress]
__enter__       : o, none
__exit__        : o o o o

[class contextlib:nullcontext]
__enter__       : o, part
__exit__        : o -, none

[class contextlib:<locals>]
contextmanager.<locals>.helper : -, part, model contextmanager

[class contextlib:_GeneratorContextManager]
__enter__       : o, writes 0, part, model manager_enter
__exit__        : o -, writes 0, model manager_exit

[module dataclasses]
dataclass       : o, writes 0, self
field           : o, part
fields is_dataclass : o, part
asdict astuple  : d, part, model fields, unless dict_factory tuple_factory
replace         : o -, part, model replace

[class dataclasses:<locals>]
dataclass.<locals>.wrap : o, writes 0, self

[module enum]
auto            : d
unique          : o, self

[module typing]
cast            : o -, part, model cast
get_type_hints get_origin get_args : o, part
TypeVar NewType NamedTuple TypedDict : o, part, caller
final overload runtime_checkable no_type_check : o, part

[module types]
SimpleNamespace : d, part
MappingProxyType : k, part
MethodType      : o, part

[module inspect]
iscoroutinefunction isfunction isclass ismethod isbuiltin ismodule isgenerator isgeneratorfunction isasyncgenfunction : o
iscoroutine isawaitable : o
getdoc getsource getfile getmodule : o, part
signature getmembers : d, part

[module asyncio]
iscoroutinefunction iscoroutine : o

[module threading]
Lock RLock Semaphore BoundedSemaphore Event local : v
current_thread get_ident main_thread active_count : v, part

[module warnings]
warn            : d o v o, orders warnings, final, none, caller

[module logging]
getLogger       : v, part
getLevelName    : v
debug info warning error critical exception log : d, orders logging, final, none, caller
basicConfig     : d, orders logging, final, none, unless handlers stream

[class logging:Logger]
debug info warning warn error critical exception log : o d, orders logging, final, none, caller
setLevel        : o v, orders logging, final, none
isEnabledFor getEffectiveLevel : o v, reads logging

[module sys]
getsizeof       : o
getrecursionlimit getdefaultencoding : v
intern          : v, part
exc_info        : v, part

[module gc]
collect         : v, final
"""
