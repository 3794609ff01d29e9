"""A test framework of our own: discovery, fixtures, expected failures, a report; then unittest itself."""

import io
import unittest


class Tests:
    def before(self):
        pass

    def run(self):
        results = []
        for name in sorted(n for n in dir(self) if n.startswith("test_")):
            method = getattr(self, name)
            self.before()
            try:
                method()
                state = "ok"
            except AssertionError as e:
                state = f"failed ({e})" if str(e) else "failed"
            except Exception as e:
                state = f"error {type(e).__name__}"
            if getattr(method, "expected", False):
                state = "expected" if state != "ok" else "surprise"
            results.append((name, state))
        return results


def expected(f):
    f.expected = True
    return f


class raises:
    def __init__(self, kind):
        self.kind = kind

    def __enter__(self):
        return self

    def __exit__(self, kind, error, tb):
        assert kind is not None, f"no {self.kind.__name__}"
        self.error = error
        return issubclass(kind, self.kind)


class StackTests(Tests):
    def before(self):
        self.stack = [1, 2]

    def test_pop(self):
        assert self.stack.pop() == 2
        assert len(self.stack) == 1, self.stack

    def test_push(self):
        self.stack.append(3)
        assert self.stack == [1, 2], f"is {self.stack}"

    def test_empty(self):
        with raises(IndexError) as caught:
            [].pop()
        assert "empty" in str(caught.error)
        with raises(KeyError):
            pass

    @expected
    def test_later(self):
        raise NotImplementedError

    def test_error(self):
        self.stack["x"]


for name, state in StackTests().run():
    print(f"{name:12} {state}")


class Case(unittest.TestCase):
    def setUp(self):
        self.value = 3

    def test_equal(self):
        self.assertEqual(self.value, 3)
        for n in (1, 2):
            with self.subTest(n=n):
                self.assertLess(n, self.value)

    def test_raises(self):
        with self.assertRaisesRegex(ValueError, "invalid"):
            int("x")

    @unittest.skip("not now")
    def test_skipped(self):
        self.fail()

    def test_wrong(self):
        self.assertIn(4, [self.value])


def outcome():
    suite = unittest.TestSuite(map(Case, ("test_equal", "test_raises", "test_skipped", "test_wrong")))
    result = unittest.TextTestRunner(stream=io.StringIO()).run(suite)
    return result.testsRun, len(result.failures), len(result.skipped), result.wasSuccessful()


print(outcome())
