"""Queries whose SQL is built once.

Django builds a query's SQL anew each time it is asked. For the short queries of a page that takes several times as long
as the database takes to answer. A prepared query is a queryset like any other, with places for what is known only when
it runs:

    @prepared(parent=models.UUIDField())
    def children_of(parent: Any) -> models.QuerySet[Child]:
        return Child.objects.editable_by(parent)

    children_of(parent=request.user)  # a list

Its SQL is kept from the first time on. So the function reads no clock and no language: both are values. Where a value is
None, and for arguments that are no place, there is SQL of its own; these must be few.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Generic, TypeVar

from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row")
Build = Callable[..., models.QuerySet[Any, Row]]


class Place(models.Expression):
    """Where a value will stand: of a person or a row its id, of a list each in turn."""

    def __init__(self, name: str, output_field: models.Field[Any, Any], many: int = 0) -> None:
        super().__init__(output_field=output_field)
        self.name = name
        self.many = many

    @property
    def pk(self) -> Place:
        return self

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        return f"({', '.join(['%s'] * self.many)})" if self.many else "%s", (self,)

    def fill(self, values: Mapping[str, Any], connection: BaseDatabaseWrapper) -> Iterator[Any]:
        value = values[self.name]
        listed = [*value, *[value[-1]] * (self.many - len(value))] if self.many else [value]
        for one in listed:
            yield self.output_field.get_db_prep_value(getattr(one, "pk", one), connection)


def room_for(value: Any) -> int:
    """How many places a list takes: a power of two, or each length would have SQL of its own. 0 for what is no list."""
    return 1 << (len(value) - 1).bit_length() if isinstance(value, list) else 0


@dataclass(frozen=True)
class Kept:
    """A queryset with its SQL, and what stands in it: a Place, or what is always the same."""

    queryset: models.QuerySet[Any, Any]
    compiler: SQLCompiler
    sql: str
    params: tuple[Any, ...]

    @classmethod
    def of(cls, queryset: models.QuerySet[Any, Any]) -> Kept:
        compiler = queryset.query.get_compiler(queryset.db)
        sql, params = compiler.as_sql()
        # Each answer is asked for over the connection of its own thread.
        del compiler.connection
        return cls(queryset, compiler, sql, tuple(params))

    def ask(self, values: Mapping[str, Any]) -> list[Any]:
        """Django's own way from the answer to the rows, with a compiler that has compiled already."""
        compiler, queryset = copy(self.compiler), self.queryset.all()
        compiler.connection = connection = connections[queryset.db]
        filled = tuple(
            chain.from_iterable(
                one.fill(values, connection) if isinstance(one, Place) else (one,) for one in self.params
            )
        )
        compiler.as_sql = lambda *_args, **_kwargs: (self.sql, filled)  # type: ignore[method-assign]
        queryset.query.get_compiler = lambda *_args, **_kwargs: compiler  # type: ignore[method-assign]
        return list(queryset)


@dataclass(frozen=True)
class Prepared(Generic[Row]):
    build: Build[Row]
    fields: Mapping[str, models.Field[Any, Any]]
    kept: dict[tuple[Any, ...], Kept] = field(default_factory=dict)

    def __call__(self, **values: Any) -> list[Row]:
        """The rows. Raises TypeError for a value that is missing or that nobody asked for, IndexError for an empty list."""
        shape = tuple((name, self.shape_of(name, value)) for name, value in values.items())
        if shape not in self.kept:
            self.kept[shape] = Kept.of(self.build(**{name: self.stand_for(name, values[name]) for name in values}))
        return self.kept[shape].ask(values)

    def shape_of(self, name: str, value: Any) -> Any:
        """What of a value changes the SQL."""
        return value if value is None or name not in self.fields else room_for(value)

    def stand_for(self, name: str, value: Any) -> Any:
        is_fixed = value is None or name not in self.fields
        return value if is_fixed else Place(name, self.fields[name], room_for(value))


def prepared(**places: models.Field[Any, Any]) -> Callable[[Build[Row]], Prepared[Row]]:
    """Makes a function that returns a queryset into one that returns its rows. Each place has the field of its values."""

    def make(build: Build[Row]) -> Prepared[Row]:
        return Prepared(build, places)

    return make
