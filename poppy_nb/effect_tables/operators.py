"""Rows of the operators on exact builtin types. An operand of any other class brings its own methods: no row.

Numbers, strings and the like are whole once they are known, so `v` suffices for them. A row that fits first counts.
"""

_FLAT = "number|str|bytes|none|time|range"

TABLE = f"""
[binary]
%  of str any                                   : v d, atom
%  of bytes any                                 : v d, atom
+ - * / // % ** @ << >> & | ^ of {_FLAT} {_FLAT}    : v v, atom
+ - * / // % ** << >> & | ^ of scalar|number scalar|number   : v v, atom
+ * of bytearray bytearray|bytes|number         : v v
+  of list list                                 : v v, part
+  of tuple tuple                               : v v, part
*  of list|tuple number                         : v v, part
*  of number list|tuple                         : v v, part
|  of dict|defaultdict|OrderedDict dict|defaultdict|OrderedDict        : k k, part
& | - ^ of set|frozenset|keys|items set|frozenset|keys|items           : k k, part
& | - ^ of keys|items list|tuple                : k d, part
+ - & | of Counter Counter                      : d d, part
+  of deque deque                               : v v, part
*  of deque number                              : v v, part
+ - * / // % ** @ & | ^ of table any            : a a, part
+ - * / // % ** @ & | ^ of any table            : a a, part

[inplace]
%  of str any                                   : v d, atom
%  of bytes any                                 : v d, atom
+ - * / // % ** @ << >> & | ^ of {_FLAT} {_FLAT}    : v v, atom
+ - * / // % ** << >> & | ^ of scalar|number scalar|number   : v v, atom
+  of list list|tuple|str|bytes|range|set|frozenset|dict|keys|values|deque    : v v, writes 0, stores, self
+  of list any                                  : v v, writes 0, stores, self, model iadd, direct
*  of list number                               : v v, writes 0, self
+  of tuple tuple                               : v v, part
*  of tuple number                              : v v, part
|  of dict|defaultdict|OrderedDict dict|defaultdict|OrderedDict        : k k, writes 0, stores, self
| ^ of set set|frozenset                        : k k, writes 0, stores, self
& - of set set|frozenset                        : k k, writes 0, self
& | - ^ of set keys|items                       : k k, part
& | - ^ of frozenset|keys|items set|frozenset|keys|items : k k, part
+  of bytearray bytearray|bytes                 : v v, writes 0, self
*  of bytearray number                          : v v, writes 0, self
+  of deque list|tuple|str|deque|range|set|dict : v v, writes 0, stores, self
*  of deque number                              : v v, writes 0, self
+ - & | of Counter Counter                      : d d, writes 0, self

[compare]
== != < <= > >= of {_FLAT}|bytearray|slice {_FLAT}|bytearray|slice     : d d, atom
== != < <= > >= of scalar|number|none|str scalar|number|none|str       : v v, atom
== != < <= > >= of scalar any                   : a a
== != < <= > >= of any scalar                   : a a
== != of list|tuple|dict|set|frozenset|deque|defaultdict|OrderedDict|Counter none|number|str|bytes : v v, atom
== != of none|number|str|bytes list|tuple|dict|set|frozenset|deque|defaultdict|OrderedDict|Counter : v v, atom
== != of list tuple|dict|set|frozenset|deque    : v v, atom
== != of tuple list|dict|set|frozenset|deque    : v v, atom
== != of dict|set|frozenset list|tuple|deque    : v v, atom
== != < <= > >= of set|frozenset|keys set|frozenset|keys     : k k, atom
== != < <= > >= of table any                    : a a
== != < <= > >= of any table                    : a a
== != < <= > >= of data data                    : d d, atom
in  not_in of any dict|defaultdict|OrderedDict|Counter|keys|set|frozenset : d k, atom
in  not_in of any list|tuple|deque|values|items : d d, atom
in  not_in of any data                          : d v, atom

[unary]
+ - ~ of {_FLAT}|scalar                         : v, atom
+ - ~ of table                                  : a, part
not of table                                    : a
not of data                                     : v, atom
+ - of Counter                                  : d, part

[getitem]
 of list|tuple|deque any                        : v d, part
 of dict|OrderedDict any                        : k d, part
 of Counter any                                 : k d, part
 of defaultdict any                             : k d, writes 0, stores, part, model defaultdict_getitem
 of table|indexer any                           : v a, part
 of str|bytes|range any                         : v d, atom
 of bytearray any                               : v d
 of number|none|set|frozenset|values|keys|items any : v v, atom

[setitem]
 of list|deque number                           : v v -, writes 0, stores, none
 of list slice                                  : v d v, writes 0, stores, none, consumes 2
 of dict|defaultdict|OrderedDict|Counter any    : k d -, writes 0, stores, none
 of bytearray any                               : v d v, writes 0, none
 of tuple|str|bytes|range|number|none|set|frozenset any : v v -

[delitem]
 of list|deque|bytearray any                    : v d, writes 0, none
 of dict|defaultdict|OrderedDict|Counter any    : k d, writes 0, none

[len]
 of data                                        : v, atom

[bool]
 of data                                        : v, atom

[iter]
 of data                                        : v, part
"""
