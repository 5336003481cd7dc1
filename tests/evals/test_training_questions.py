"""What of the training questions the reader gets to see."""

import json

from evals.benchmarks.data import Texts
from evals.training.reader_data import Group
from evals.training.written_questions import NEAR_MISSES, NORQUAD, STORTING, WRITTEN, Written, WrittenAbout


def rows(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_every_tenth_part_of_a_text_is_kept_out_of_training():
    """Parts have 5,000 characters: the tenth goes from 45,000 to 50,000, the twentieth from 95,000."""
    starts = (0, 44_999, 45_000, 49_999, 50_000, 95_000)
    kept_out = [Written("text", start, start + 20, "nb", "Hva?").kept_out for start in starts]
    assert kept_out == [False, False, True, True, False, True]


def test_every_tenth_set_of_texts_is_kept_out_of_training():
    kept_out = [Written("text", 0, 20, "nb", "Hva?", number).kept_out for number in (0, 8, 9, 10, 19)]
    assert kept_out == [False, False, True, False, True]


def test_a_question_written_with_a_set_at_hand_is_asked_of_that_set_only():
    texts = Texts({name: name for name in ("one", "two", "three")})
    asked = [Written(name, 0, 3, "nb", "Hva?", number) for name, number in (("one", 0), ("two", 1), ("three", 0))]
    about = WrittenAbout("sets", texts, asked)
    assert about.at_hand(asked[2]) == ("one", "three")


def test_a_question_written_about_one_text_is_asked_of_that_text_only():
    asked = Written("one", 0, 3, "nb", "Hva?")
    about = WrittenAbout("texts", Texts({"one": "one", "two": "two"}), [asked])
    assert about.at_hand(asked) == ("one",)


def test_a_group_with_fewer_passages_keeps_the_one_that_answers():
    group = Group("Hvor mange?", ("right", "first", "second", "third"), 2, 5)
    assert group.with_negatives(2) == Group("Hvor mange?", ("right", "first", "second"), 2, 5)


def test_written_questions_name_a_place_and_ask_once():
    for path in (WRITTEN, STORTING, NEAR_MISSES, NORQUAD):
        found = rows(path)
        assert all(0 <= row["start"] < row["end"] and row["question"].strip() for row in found)
        assert len({(row["document"], row["question"]) for row in found}) == len(found)


def test_no_near_miss_is_also_a_question_with_an_answer():
    answered = {row["question"].lower() for row in rows(WRITTEN)}
    assert not answered & {row["question"].lower() for row in rows(NEAR_MISSES)}
