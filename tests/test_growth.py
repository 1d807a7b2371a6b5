from __future__ import annotations

import pytest

from tests.growth import assert_linear


def test_work_in_proportion_passes_and_a_square_of_it_fails() -> None:
    assert_linear(range, sum, 20_000)
    with pytest.raises(AssertionError, match="8 times the input costs"):
        assert_linear(range, lambda numbers: [sum(numbers) for _ in numbers], 200)
