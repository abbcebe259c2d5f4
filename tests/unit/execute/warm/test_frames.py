"""Errors without the frames of code that stands between a notebook and what an ordinary kernel has."""

from __future__ import annotations

import traceback

from baocao.execute.warm import frames


def between(call):
    return eval(compile("call()", "between.py", "eval"), {"call": call})


def raised(call):
    try:
        call()
    except Exception as error:
        return error
    return None


def files(error):
    return [frame.filename.rpartition("/")[2] for frame in traceback.extract_tb(error.__traceback__)]


def test_frames_of_a_file_are_taken_out_wherever_the_error_holds_another_one():
    def fail():
        raise ValueError

    def fail_because():
        raise KeyError from cause

    def fail_meanwhile():
        try:
            between(fail)
        except ValueError:
            between(fail_because)

    cause = raised(lambda: between(fail))
    error = ExceptionGroup("several", [raised(fail_meanwhile)])
    (inner,) = error.exceptions
    every = (inner, inner.__cause__, inner.__context__)
    assert all("between.py" in files(one) for one in every)
    assert frames.without_frames_of({"between.py"}, error) is error
    assert {name for one in every for name in files(one)} == {"test_frames.py"}


def test_an_error_that_is_its_own_context_is_looked_at_once():
    first, second = ValueError(), KeyError()
    first.__context__, second.__context__ = second, first
    assert frames.without_frames_of({"between.py"}, first) is first
