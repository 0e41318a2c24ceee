"""Linear maps over GF(2): what bit 0, bit 1, ... of a number are mapped to, as a sequence of numbers (a matrix's columns)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

Columns = Sequence[int]


def applied(columns: Columns, number: int) -> int:
    """The image of a number."""
    found = bit = 0
    while number:
        if number & 1:
            found ^= columns[bit]
        number >>= 1
        bit += 1
    return found


def composed(outer: Columns, inner: Columns) -> tuple[int, ...]:
    """The map that is `inner`, then `outer`."""
    return tuple(applied(outer, column) for column in inner)


def identity(bits: int) -> tuple[int, ...]:
    """The map of each number to itself."""
    return tuple(1 << bit for bit in range(bits))


def added(left: Columns, right: Columns) -> tuple[int, ...]:
    """The sum of two maps."""
    return tuple(x ^ y for x, y in zip(left, right, strict=True))


class Span:
    """The numbers that given ones generate, each with one combination of the given that makes it."""

    def __init__(self, vectors: Columns = ()) -> None:
        self._basis: list[tuple[int, int]] = []  # a vector whose highest bit no other has, and which of the given make it
        self.relations: list[int] = []  # combinations of the given that make 0
        self._count = 0
        for vector in vectors:
            self.add(vector)

    def add(self, vector: int) -> bool:
        """One more; whether it was none of the generated."""
        left, made = self._reduced(vector)
        made ^= 1 << self._count
        self._count += 1
        if not left:
            self.relations.append(made)
            return False
        top = 1 << left.bit_length() - 1
        self._basis = [(v ^ left, m ^ made) if v & top else (v, m) for v, m in self._basis]
        self._basis.append((left, made))
        return True

    def __contains__(self, vector: int) -> bool:
        return not self._reduced(vector)[0]

    def __len__(self) -> int:
        return len(self._basis)

    def made_of(self, vector: int) -> int | None:
        """Which of the given (bit n: the n-th) make a vector; None: none do."""
        left, made = self._reduced(vector)
        return None if left else made

    def _reduced(self, vector: int) -> tuple[int, int]:
        made = 0
        for each, its in self._basis:
            if vector >> each.bit_length() - 1 & 1:
                vector, made = vector ^ each, made ^ its
        return vector, made

    @property
    def vectors(self) -> list[int]:
        """The basis: the highest bit of each is in no other."""
        return [vector for vector, _ in self._basis]

    @property
    def pivots(self) -> int:
        """The highest bits of a reduced basis: a sum of generated numbers and one number without these bits is unique."""
        return sum(1 << vector.bit_length() - 1 for vector, _ in self._basis)


def kernel(columns: Columns) -> list[int]:
    """A basis of the numbers that are mapped to 0."""
    return Span(columns).relations


def rank(columns: Columns) -> int:
    """The dimension of the image."""
    return len(Span(columns))


def generated(vectors: Columns) -> Iterator[int]:
    """All sums of independent vectors, 0 first."""
    for number in range(1 << len(vectors)):
        yield applied(vectors, number)


def right_inverse(columns: Columns, bits: int) -> tuple[int, ...]:
    """A map back from `bits` bits: what is not in the image is cut off. Followed by `columns`, it is the identity on the image."""
    span, chosen, sources = Span(), [], []
    for number, column in enumerate(columns):
        if span.add(column):
            chosen.append(column)
            sources.append(1 << number)
    for bit in range(bits):
        if span.add(1 << bit):
            chosen.append(1 << bit)
            sources.append(0)
    whole = Span(chosen)
    return tuple(applied(sources, whole.made_of(1 << bit) or 0) for bit in range(bits))
