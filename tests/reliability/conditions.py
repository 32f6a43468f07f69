"""Every rule of who may read, as the models write it, and the module's source with one of them switched off.

Rules are the conditions of every queryset method, those that have a name of their own beside them, and the judgements
that models make in Python: what a comprehension leaves out, what is refused, what a property asks for.
"""

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Modules with a queryset of private rows.
QUERYSETS = (
    "share_queries",
    "shared_moments",
    "moment_queries",
    "notes",
    "visits",
    "readings",
    "children",
    "draft_queries",
)
QUERYSETS += ("parcels",)
# Methods of models that judge by themselves.
JUDGES = {
    "moments": ("may_be_read_through", "share_with", "rewrite"),
    "shares": (
        "is_open",
        "is_asked",
        "is_live",
        "may_be_agreed",
        "covers",
        "moments",
        "invite",
        "request",
        "agree",
        "end",
    ),
}
MODULES = (*QUERYSETS, "own_moments", *JUDGES)
NARROWING = ("filter", "exclude", "Q")
# What a queryset of ours hands on, narrowed already.
SCOPES = frozenset(
    {
        *("editable_by", "visible_to", "read_by", "asked_by", "live", "in_force", "open_invitations", "received_by"),
        *("endable_by", "kept_by", "shared_through"),
    }
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
        line = node.ifs[0].lineno if isinstance(node, ast.comprehension) else node.lineno
        yield Condition(module, method, number, line, text)


def without(module: str, number: int) -> ast.Module:
    """The module with this one condition always true."""
    tree = ast.parse(path_of(module).read_text())
    _method, _node, _text, switch_off = list(places(tree))[number]
    switch_off()
    return ast.fix_missing_locations(tree)


def places(tree: ast.Module):
    """The method, the node, its text, and what switches it off, of each condition, in the order of the source."""
    for name, body in judging(tree):
        for node in ast.walk(body):
            for text, switch_off in conditions_of(node):
                yield name, node, text, switch_off


def judging(tree: ast.Module) -> Iterator[tuple[str, ast.stmt]]:
    """Whatever in the module decides who may read, by its name."""
    for one in tree.body:
        if isinstance(one, ast.FunctionDef):
            yield one.name, one
        elif isinstance(one, ast.Assign) and any(isinstance(part, ast.Call) for part in ast.walk(one)):
            yield ast.unparse(one.targets[0]), one
        elif isinstance(one, ast.ClassDef):
            methods = [part for part in one.body if isinstance(part, ast.FunctionDef)]
            named = [name for names in JUDGES.values() for name in names]
            judges = [part for part in methods if one.name.endswith("QuerySet") or part.name in named]
            yield from ((f"{one.name}.{method.name}", method) for method in judges)


def conditions_of(node: ast.AST):
    """Their text, and what switches each off. What is neither asked of rows nor judged here has none."""
    if isinstance(node, ast.Call):
        yield from conditions_of_call(node)
    elif isinstance(node, ast.comprehension):
        for place, test in enumerate(node.ifs):
            yield from parts_of(test, ast.And, "True", lambda off, place=place: put(node.ifs, place, off), "if ")
    elif isinstance(node, ast.If) and isinstance(node.body[0], ast.Raise):
        yield from parts_of(
            node.test, ast.Or, "False", lambda off: setattr(node, "test", expression(off)), "refused if "
        )
    elif isinstance(node, ast.Return | ast.Assign) and is_judged(node.value):
        inner = node.value.args if isinstance(node.value, ast.Call) and is_named(node.value, "bool") else None
        yield from parts_of(
            inner[0] if inner else node.value,
            ast.And,
            "True",
            lambda off: setattr(node, "value", expression(off)),
            "asked: ",
        )


def is_named(call: ast.Call, *names: str) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id in names


def is_judged(value: ast.expr | None) -> bool:
    """Whether it says yes or no: `a and b`, `bool(a and b)`, `any(...)`, a comparison, or a box that is ticked."""
    if isinstance(value, ast.Call):
        return is_named(value, "bool", "any")
    if isinstance(value, ast.BoolOp):
        return isinstance(value.op, ast.And)
    return isinstance(value, ast.Compare) or ast.unparse(value or ast.Constant(0)) == "self.with_nameless"


def parts_of(test: ast.expr, joined: type[ast.boolop], off: str, put_whole, before: str):
    """Each operand of what is joined so, and else the whole."""
    if isinstance(test, ast.BoolOp) and isinstance(test.op, joined):
        for place, operand in enumerate(test.values):
            yield before + ast.unparse(operand), lambda place=place: put(test.values, place, off)
    else:
        yield before + ast.unparse(test), lambda: put_whole(off)


def conditions_of_call(call: ast.Call):
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
