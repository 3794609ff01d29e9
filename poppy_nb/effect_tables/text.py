"""Rows of the standard library: text, encodings, parsers, hashes."""

TABLE = """
[module re]
compile search match fullmatch findall split escape : v
finditer        : v
sub subn        : d, model sub
purge           : v, none

[class re:Pattern]
search match fullmatch findall split finditer : v
sub subn        : v, model sub

[class re:Match]
group groups groupdict start end span expand __getitem__ : v

[module json]
dumps           : d, unless default cls
loads           : v, unless cls object_hook object_pairs_hook parse_float parse_int parse_constant
dump            : d o, writes 1, orders file 1, handle, final, none, unless default cls
load            : o v, writes 0, reads file 0, handle, final, unless cls object_hook object_pairs_hook parse_float parse_int

[class json:JSONDecoder]
decode raw_decode : v

[module string]
capwords        : v
Template        : v

[class string:Template]
substitute safe_substitute : v d

[module textwrap]
dedent indent fill wrap shorten : v, unless predicate

[module pprint]
pformat         : d
pprint          : d, orders stdout, final, none, unless stream

[module html]
escape unescape : v

[module base64]
b64encode b64decode standard_b64encode standard_b64decode urlsafe_b64encode urlsafe_b64decode b32encode b32decode b16encode : v
b16decode : v
b85encode b85decode a85encode a85decode encodebytes decodebytes : v

[module binascii]
hexlify unhexlify crc32 a2b_base64 b2a_base64 : v

[module zlib]
compress decompress crc32 adler32 : v

[module gzip]
compress decompress : v

[module hashlib]
md5 sha1 sha224 sha256 sha384 sha512 sha3_256 sha3_512 blake2b blake2s new pbkdf2_hmac : v

[class _hashlib:HASH]
hexdigest digest copy : o

[module hmac]
compare_digest digest : v

[module struct]
pack unpack calcsize : v

[module unicodedata]
normalize category name lookup numeric decimal digit combining east_asian_width bidirectional is_normalized mirrored : v

[module difflib]
get_close_matches : d, consumes 1
unified_diff ndiff context_diff : d
SequenceMatcher : o d

[module urllib.parse]
urlparse urlsplit quote quote_plus unquote unquote_plus urlunparse urlunsplit urljoin parse_qs parse_qsl urldefrag : d
urlencode       : d, unless quote_via

[module shlex]
split quote join : d

[module ast]
literal_eval parse unparse dump : v

[module pickle]
loads           : v
dump            : d o, writes 1, orders file 1, handle, final, none

[module csv]
reader          : e, part
DictReader      : e, part
writer          : o v, part
DictWriter      : o e, part

[class _csv:Writer]
writerow        : o e, writes 0, orders files, final
writerows       : o d, writes 0, orders files, final, none, consumes 1

[class csv:DictWriter]
writerow        : o d, writes 0, orders files, final
writeheader     : o, writes 0, orders files, final
writerows       : o d, writes 0, orders files, final, none, consumes 1

[module fnmatch]
fnmatch fnmatchcase filter translate : e

[module traceback]
format_exc format_exception format_tb : o
format_exception_only : d

[module keyword]
iskeyword       : v

[module colorsys]
rgb_to_hsv hsv_to_rgb rgb_to_hls hls_to_rgb rgb_to_yiq yiq_to_rgb : v

[module locale]
getlocale localeconv format_string : v

[module ipaddress]
ip_address ip_network : v
"""
