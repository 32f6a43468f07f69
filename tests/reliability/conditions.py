"""Every condition of every queryset method, and the module's source with one of them switched off."""

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MODULES = ("share_queries", "shared_moments", "moment_queries", "notes", "visits", "readings", "children", "drafts")
NARROWING = ("filter", "exclude", "Q")
# What a queryset of ours hands on, narrowed already.
SCOPES = frozenset(
    {"editable_by", "visible_to", "read_by", "asked_by", "live", "in_force", "open_invitations", "received_by"}
)
ALWAYS, NEVER = "models.Q(pk__isnull=False)", "models.Q(pk__isnull=True)"


@dataclass(frozen=True)
class Condition:
    """One condition: the module, the method, and which of the module's conditions it is."""

    module: str
    method: str
    number: int
    line: int
    text: str

    @property
    def name(self) -> str:
        return f"{self.method}: {self.text}"

    def __str__(self) -> str:
        return f"journal/models/{self.module}.py:{self.line} {self.name}"


def path_of(module: str) -> Path:
    return ROOT / "journal" / "models" / f"{module}.py"


def all_conditions() -> list[Condition]:
    return [one for module in MODULES for one in conditions(module)]


def conditions(module: str) -> Iterator[Condition]:
    for number, (method, node, text, _switch_off) in enumerate(places(ast.parse(path_of(module).read_text()))):
        yield Condition(module, method, number, node.lineno, text)


def without(module: str, number: int) -> ast.Module:
    """The module with this one condition always true."""
    tree = ast.parse(path_of(module).read_text())
    _method, _node, _text, switch_off = list(places(tree))[number]
    switch_off()
    return ast.fix_missing_locations(tree)


def places(tree: ast.Module):
    """The method, the node, its text, and what switches it off, of each condition, in the order of the source."""
    for queryset in (one for one in tree.body if isinstance(one, ast.ClassDef) and one.name.endswith("QuerySet")):
        for method in (one for one in queryset.body if isinstance(one, ast.FunctionDef)):
            for node in ast.walk(method):
                if isinstance(node, ast.Call):
                    yield from (
                        (f"{queryset.name}.{method.name}", node, text, off) for text, off in conditions_of(node)
                    )


def conditions_of(call: ast.Call):
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    always = NEVER if name == "exclude" else ALWAYS
    if name in NARROWING:
        for place, argument in enumerate(call.args):
            # A sum of conditions that has a name: each stands by itself where it was made.
            yield ast.unparse(argument), lambda place=place: put(call.args, place, always)
        for keyword in call.keywords:
            yield f"{name}({ast.unparse(keyword)})", lambda keyword=keyword: replace_keyword(call, keyword, always)
    elif name in SCOPES and isinstance(call.func, ast.Attribute):
        yield f".{name}()", lambda: unscope(call)


def put(arguments: list, place: int, always: str) -> None:
    arguments[place] = expression(always)


def replace_keyword(call: ast.Call, keyword: ast.keyword, always: str) -> None:
    call.keywords.remove(keyword)
    call.args.append(expression(always))


def unscope(call: ast.Call) -> None:
    """`shares.live()` becomes `shares.all()`."""
    call.func = copy.copy(call.func)
    call.func.attr = "all"
    call.args, call.keywords = [], []


def expression(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body
