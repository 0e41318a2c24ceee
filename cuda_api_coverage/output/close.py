"""Names of the catalogue that a misspelt one may be meant for."""

from __future__ import annotations

from collections import defaultdict
from difflib import SequenceMatcher

from crosswarp.cuda_api_coverage.catalogue.load import Catalogue

_LEAST, _MOST, _START, _LONGER = 0.85, 3, 4, 3


class CloseNames:
    """An index of a catalogue: made once, as it has 30,000 names. The first letters must be right (`cuda`, `cubl`, `nppi`)."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._folded: dict[str, str] = {}
        self._by_start: dict[tuple[str, int], list[str]] = defaultdict(list)
        for name in catalogue.by_name:
            folded = name.casefold()
            self._folded.setdefault(folded, name)
            self._by_start[folded[:_START], len(name)].append(folded)

    def of(self, name: str) -> tuple[str, ...]:
        """The closest first; the very name in another case alone."""
        folded = name.casefold()
        if folded in self._folded:
            return (self._folded[folded],)
        letters = set(folded)
        matcher = SequenceMatcher(b=folded, autojunk=False)
        found = []
        for length in range(len(folded) - _LONGER, len(folded) + _LONGER + 1):
            for known in self._by_start.get((folded[:_START], length), ()):
                if len(letters.symmetric_difference(known)) <= _LONGER and (ratio := _ratio(matcher, known)) >= _LEAST:
                    found.append((-ratio, known))
        return tuple(self._folded[known] for _, known in sorted(found)[:_MOST])


def _ratio(matcher: SequenceMatcher[str], known: str) -> float:
    """How alike two names are, 0 to 1; 0 as soon as it is clear that they are not."""
    matcher.set_seq1(known)
    return matcher.ratio() if matcher.quick_ratio() >= _LEAST else 0.0
