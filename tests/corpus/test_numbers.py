"""Numbers and dates as people write them."""

import datetime

import pytest

from assistant.corpus.numbers import find_dates, find_numbers


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("omlag 1,2 mrd. kroner", [1.2e9]),
        ("1,2 milliarder", [1.2e9]),
        ("60 mill. kroner", [6e7]),
        ("tre milliarder", [3e9]),
        ("over 11 000 medlemmer", [11_000]),
        ("1.000 kroner", [1000]),
        ("to av tre", [2, 3]),
        ("fra 2023 til 2033", [2023, 2033]),
        ("87 prosent", [87]),
        ("tiltak", []),
    ],
)
def test_numbers(text, values):
    assert [number.value for number in find_numbers(text)] == values


def test_a_number_knows_its_place():
    (found,) = find_numbers("om lag 430 flere")
    assert "om lag 430 flere"[found.start : found.end] == "430"


@pytest.mark.parametrize(
    "text", ["5. juni 2026", "05.06.2026", "2026-06-05", "5 June 2026", "June 5, 2026", "den 5. juni 2026 kom"]
)
def test_dates(text):
    assert list(find_dates(text)) == [datetime.date(2026, 6, 5)]


def test_a_day_that_does_not_exist_is_none():
    assert list(find_dates("31. februar 2026")) == []
