"""Reading the codes of a refusal."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from workflows.refusals import Refused


@contextmanager
def refused_with(*codes: str) -> Iterator[None]:
    """What happens inside is refused with exactly these reasons, in this order."""
    with pytest.raises(Refused) as refused:
        yield
    assert [reason.code for reason in refused.value.refusals] == list(codes)
