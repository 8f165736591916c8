"""The stylesheet, held to its promises: contrast in light and in dark, weight, no physical sides."""

import gzip
import re
from pathlib import Path

import pytest

CSS = (Path(__file__).parents[2] / "consultations/static/plenaria.css").read_text(encoding="utf-8")


def tokens(dark: bool) -> dict[str, str]:
    light, night = re.findall(
        r":root \{\s*color-scheme: light dark;(.*?)\}|dark\) \{\s*:root \{(.*?)\}", CSS, re.S
    )
    found = dict(re.findall(r"--(\w+): (#\w+)", light[0]))
    return {**found, **dict(re.findall(r"--(\w+): (#\w+)", night[1]))} if dark else found


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2, definition)."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * d for d in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_computed_as_wcag_does() -> None:
    assert round(contrast("#fff", "#000000"), 2) == 21.0
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


TEXT = [(ink, ground) for ground in ("paper", "card") for ink in ("ink", "soft", "accent", "warn")] + [
    ("ink", "wash"), ("accent", "wash"), ("soft", "wash"), ("ink", "warnwash"), ("warn", "warnwash"),
    ("on", "accent"), ("on", "warn"), ("ink", "rest"), ("ink", "line"),
]  # fmt: skip
SHAPES = [("edge", "paper"), ("edge", "card"), ("edge", "wash"), ("accent", "line")]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(("front", "back", "least"), [(*p, 4.5) for p in TEXT] + [(*p, 3.0) for p in SHAPES])
def test_colours_keep_wcag_aa(dark: bool, front: str, back: str, least: float) -> None:
    found = tokens(dark)
    assert contrast(found[front], found[back]) >= least


def test_the_stylesheet_weighs_at_most_four_kilobytes_and_keeps_its_promises() -> None:
    assert len(gzip.compress(CSS.encode(), 9)) <= 4096
    for promise in ("prefers-color-scheme: dark", "forced-colors: active", "media print", ":focus-visible"):
        assert promise in CSS
    assert (
        re.findall(
            r"(?:margin|padding|border)-(?:left|right)|text-align: (?:left|right)|url\(|@import|transition|animation",
            CSS,
        )
        == []
    )
