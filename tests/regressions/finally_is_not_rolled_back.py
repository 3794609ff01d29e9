"""What a `finally` has done stands, though it stands behind the operation that failed; what the body did behind the failure does not."""

log = []
n = 0
try:
    try:
        log.append(f(1))
        log.append(fail(2))
        log.append("never")
        n = 1
    finally:
        log.append("finally")
        log.append(f(3))
except ValueError as e:
    log.append(str(e))
