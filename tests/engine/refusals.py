"""Reading the codes of a refusal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from workflows.refusals import Refused


@contextmanager
def refused_with(*codes: str) -> Iterator[None]:
    """What happens inside is refused with exactly these reasons, in this order."""
    with pytest.raises(Refused) as refused:
        yield
    assert [reason.code for reason in refused.value.refusals] == list(codes)


def codes(act: Callable[[], object]) -> list[str]:
    """The reasons with which an act is refused; the test fails where it is not."""
    with pytest.raises(Refused) as refused:
        act()
    return [reason.code for reason in refused.value.refusals]
