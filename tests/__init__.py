"""The tests of poppy_nb."""
