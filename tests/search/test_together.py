"""Work that several threads ask for at the same time."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from assistant.search.together import Together


def test_what_is_asked_for_meanwhile_is_done_in_one_batch():
    """While the first works, two others come; they are served together, each with their own."""
    batches = []
    begun, all_here = Event(), Event()

    def work(items):
        batches.append(list(items))
        if len(batches) == 1:
            begun.set()
            assert all_here.wait(10)
        return [item * 10 for item in items]

    together = Together(work)
    with ThreadPoolExecutor(3) as pool:
        first = pool.submit(together, [1])
        assert begun.wait(10)
        others = [pool.submit(together, [2, 3]), pool.submit(together, [4])]
        while together.waiting < 2:
            all_here.wait(0.01)
        all_here.set()
        assert first.result(10) == [10]
        assert [other.result(10) for other in others] == [[20, 30], [40]]
    assert batches[0] == [1]
    assert sorted(batches[1]) == [2, 3, 4]


def test_who_comes_alone_is_served_at_once():
    assert Together(lambda items: [item + 1 for item in items])([1, 2]) == [2, 3]


def test_trouble_reaches_everyone_it_concerns_and_nobody_after():
    def work(items):
        if 0 in items:
            raise ValueError("nothing to divide by")
        return [6 / item for item in items]

    together = Together(work)
    with pytest.raises(ValueError, match="divide"):
        together([0])
    assert together([2]) == [3]
