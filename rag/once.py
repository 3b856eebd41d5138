"""Values that are worked out when they are first asked for, and kept in the instance."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")


class worked_out_once(Generic[T]):
    """As `functools.cached_property`, whose lock, before Python 3.12, lets one instance of all work
    at a time: a crowd's questions waited for each other.

    Two threads that ask the same instance at once may both work it out; the first result stays.
    """

    def __init__(self, work: Callable[[Any], T]) -> None:
        self._work, self.__doc__ = work, work.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> worked_out_once[T]: ...

    @overload
    def __get__(self, instance: object, owner: type) -> T: ...

    def __get__(self, instance: object | None, owner: type) -> worked_out_once[T] | T:
        if instance is None:
            return self
        # A frozen dataclass lets nothing be set; what stands in its dict is found before this.
        values = vars(instance)
        if self._name not in values:
            values.setdefault(self._name, self._work(instance))
        result: T = values[self._name]
        return result
