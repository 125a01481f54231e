"""What relative times count from: the dateline's day where it lies about the page's days, else the page's own date."""

from __future__ import annotations

import pytest

from variorum.pipeline import own_reference
from variorum.records import Candidate, Document


def page(published: str | None, dateline: str | None, updated: str | None = None) -> Document:
    told = (("published", dateline, "dateline"), ("updated", updated, "meta article:modified_time"))
    candidates = tuple(
        Candidate(field=field, value=value, found_in=where)  # type: ignore[arg-type]
        for field, value, where in told
        if value is not None
    )
    return Document(id="d1", page="p1", source="p1.html", text="", published=published, candidates=candidates)


@pytest.mark.parametrize(
    ("published", "dateline", "updated", "expected"),
    [
        ("2023-08-19T10:00:00Z", "Aug 22", "2023-08-22T18:00:00Z", ("dateline", "2023-08-22")),
        ("2023-08-19", "Aug 19", "2023-08-22", ("published", "2023-08-19")),
        ("2023-12-30", "2 January", "2024-01-02", ("dateline", "2024-01-02")),
        ("2024-01-01", "Dec. 31", None, ("dateline", "2023-12-31")),
        ("2023-08-19", "Aug 22", None, ("published", "2023-08-19")),
        ("2023-08-19", "March 3", "2023-08-22", ("published", "2023-08-19")),
        ("2023-08", "Aug 22", "2023-08-22", ("published", "2023-08")),
        ("2023-08-19", None, "2023-08-22", ("published", "2023-08-19")),
        (None, "Aug 22", None, ("none", None)),
    ],
)
def test_a_dateline_between_the_days_of_its_page_is_counted_from(
    published: str | None, dateline: str | None, updated: str | None, expected: tuple[str, str | None]
) -> None:
    reference = own_reference(page(published, dateline, updated))
    assert (reference.basis, reference.earliest) == expected
    assert reference.latest == reference.earliest
