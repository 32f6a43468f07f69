"""Reads the project's own source and says where it leaves the plan. Text goes in, what was found comes out."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from django.template.base import Lexer, TokenType

ROOT = Path(__file__).resolve().parents[1]
CODE = ("accounts", "config", "journal")

# Who a row is named by. A share has two sides: its reader reads by `read_by`, asks by `asked_by`, ends by `endable_by`.
SCOPES = frozenset({"visible_to", "editable_by", "read_by", "asked_by", "endable_by", "kept_by"})
UNNAMED_MANAGERS = frozenset({"_default_manager", "_base_manager"})
RAW_SQL = frozenset({"cursor", "raw", "extra", "RawSQL"})
NARROWING = frozenset({"filter", "exclude", "annotate", "aggregate", "all", "complex_filter"})
# What a dict answers to as well: forms keep the children by id.
OF_A_DICT = frozenset({"get", "items", "keys", "values"})

QUERY_WORDS = SCOPES | {
    *("all", "aggregate", "annotate", "count", "earliest", "exists", "filter", "first", "in_bulk", "iterator"),
    *("last", "latest", "objects", "order_by", "refresh_from_db", "reverse", "values", "values_list"),
}
# forloop.first, form.children: values of a template's own, not of a row.
NOT_OF_A_ROW = frozenset({"forloop", "form"})


@dataclass(frozen=True)
class Source:
    """One file of the project: its path from the root, and its text."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @cached_property
    def parents(self) -> dict[ast.AST, ast.AST]:
        return {child: node for node in ast.walk(self.tree) for child in ast.iter_child_nodes(node)}

    def found(self, node: ast.AST, what: str) -> str:
        return f"{self.path}:{node.lineno}: {what}"  # type: ignore[attr-defined]


def python_files(*folders: str) -> list[Source]:
    """Every module in these folders, migrations aside."""
    return read(
        path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")) if "migrations" not in path.parts
    )


def templates(pattern: str = "*.html") -> list[Source]:
    return read(sorted((ROOT / "templates").rglob(pattern)))


def read(paths) -> list[Source]:
    return [Source(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")) for path in paths]


def is_model_file(source: Source) -> bool:
    return "models" in Path(source.path).with_suffix("").parts


def last_name(node: ast.AST) -> str:
    """`Moment` of Moment and of models.Moment; '' for what has no name."""
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


# Access to private rows


def unscoped(source: Source, private: frozenset[str], known: frozenset[str]) -> Iterator[str]:
    """Where rows of a private model can be reached without naming whose they are."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and node.attr == "objects":
            yield from unscoped_manager(source, node, private, known)
        elif isinstance(node, ast.Attribute) and node.attr in UNNAMED_MANAGERS:
            yield source.found(node, node.attr)
        elif isinstance(node, ast.ImportFrom):
            names = [alias for alias in node.names if alias.name in private and alias.asname]
            yield from (source.found(node, f"{alias.name} as {alias.asname}") for alias in names)
        elif last_name(node) in private and is_handed_on(source, node):
            yield source.found(node, f"{last_name(node)} handed on whole")


def unscoped_manager(source: Source, node: ast.Attribute, private, known) -> Iterator[str]:
    model, method = last_name(node.value), next_method(source, node)
    if model in private and method not in SCOPES:
        yield source.found(node, f"{model}.objects.{method}")
    elif model not in private and model not in known:
        yield source.found(node, f"{model or 'something'}.objects")


def next_method(source: Source, node: ast.AST) -> str:
    """The name called on this very expression; '' when it is used in another way."""
    parent = source.parents[node]
    return parent.attr if isinstance(parent, ast.Attribute) else ""


def is_handed_on(source: Source, node: ast.AST) -> bool:
    """Whether a model is an argument or a value: get_object_or_404(Moment, pk=pk) asks for anybody's."""
    parent = source.parents[node]
    if isinstance(parent, ast.Call):
        return node is not parent.func
    if isinstance(parent, ast.Assign | ast.keyword | ast.Tuple | ast.List | ast.Dict | ast.Return | ast.IfExp):
        return not any(node is child for child in annotations(source.tree))
    return False


def annotations(tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        for name in ("annotation", "returns"):
            if inner := getattr(node, name, None):
                yield from ast.walk(inner)


def unscoped_relations(source: Source, relations: frozenset[str]) -> Iterator[str]:
    """Where rows are reached through the row they belong to, without naming who asks."""
    for node in ast.walk(source.tree):
        if not (isinstance(node, ast.Attribute) and node.attr in relations):
            continue
        method = next_method(source, node)
        called = method and isinstance(source.parents[source.parents[node]], ast.Call)
        if called and method not in SCOPES | OF_A_DICT and last_name(node.value) not in MODULES_OF_VIEWS:
            yield source.found(node, f"{last_name(node.value)}.{node.attr}.{method}")


# journal/urls.py names its views by their module.
MODULES_OF_VIEWS = frozenset({"views"})


def narrowed_in_views(source: Source) -> Iterator[str]:
    """A view asks a queryset in the family's words; it builds no condition of its own."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in NARROWING:
            yield source.found(node, f".{node.func.attr}()")


def raw_sql(source: Source) -> Iterator[str]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and last_name(node.func) in RAW_SQL:
            yield source.found(node, f"{last_name(node.func)}()")


# Which way the arrows point


def imports(source: Source) -> Iterator[tuple[ast.AST, str]]:
    """Every module that a file imports, by its whole name, in functions too."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            yield node, module
            yield from ((node, f"{module}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call) and last_name(node.func) in ("import_module", "import_string", "get_model"):
            yield from ((node, part.value) for part in node.args[:1] if isinstance(part, ast.Constant))


def imports_of(source: Source, *modules: str) -> Iterator[str]:
    """Imports of these modules or of what is in them, and relative imports, which hide where they lead."""
    for node, name in imports(source):
        if any(name == module or name.startswith(f"{module}.") for module in modules) or name.startswith("."):
            yield source.found(node, name)


def imports_but(source: Source, *allowed: str) -> Iterator[str]:
    """Imports of anything of ours or of Django's that is not in these modules."""
    for node, name in imports(source):
        ours = name.partition(".")[0] in {*CODE, "django", "allauth"} or name.startswith(".")
        fits = any(name == module or name.startswith(f"{module}.") for module in allowed)
        leads_to_one = any(module.startswith(f"{name}.") for module in allowed) and isinstance(node, ast.ImportFrom)
        if ours and not fits and not leads_to_one:
            yield source.found(node, name)


# Views


def functions(source: Source) -> list[ast.FunctionDef]:
    return [node for node in source.tree.body if isinstance(node, ast.FunctionDef)]


def first_line(function: ast.FunctionDef) -> int:
    return min([function.lineno, *(decorator.lineno for decorator in function.decorator_list)])


def is_public(function: ast.FunctionDef) -> bool:
    return any(last_name(decorator) == "login_not_required" for decorator in function.decorator_list)


def public_without_reason(source: Source) -> Iterator[str]:
    """Public views with no comment above that says why; one comment serves those that stand right under it."""
    lines, said = source.text.splitlines(), False
    for function in functions(source):
        above = [line for line in lines[: first_line(function) - 1] if line.strip()]
        comment = above[-1].startswith("#") if above else False
        said = is_public(function) and (said or comment)
        if is_public(function) and not said:
            yield source.found(function, function.name)


def without_methods(source: Source) -> Iterator[str]:
    """Views that do not say, topmost, which methods they take."""
    for function in functions(source):
        arguments = function.args.args
        takes_request = bool(arguments) and arguments[0].arg == "request"
        decorated = [last_name(node.func if isinstance(node, ast.Call) else node) for node in function.decorator_list]
        if takes_request and decorated and not decorated[0].startswith("require_"):
            yield source.found(function, function.name)


def long_functions(source: Source, most: int) -> Iterator[str]:
    for function in functions(source):
        lines = (function.end_lineno or 0) - function.lineno + 1
        if lines > most:
            yield source.found(function, f"{function.name} has {lines} lines")


def long_files(sources: list[Source], most: int) -> Iterator[str]:
    for source in sources:
        lines = len(source.text.splitlines())
        if lines > most:
            yield f"{source.path} has {lines} lines"


# Markup

UNESCAPING = frozenset({"mark_safe", "SafeString", "SafeText", "SafeData"})
# Which argument of these is the pattern that is filled in, and stands in the page as it is.
PATTERNS = {"format_html": 0, "format_html_join": 1}
UNESCAPED = re.compile(r"\|\s*safe(?:seq)?\b|\bautoescape\s+off\b")
NO_CODE = [
    (re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE), "inline script"),
    (re.compile(r"<script\b[^>]*>\s*\S(?!/script)", re.IGNORECASE), "words in a script"),
    (re.compile(r"<style\b", re.IGNORECASE), "inline style sheet"),
    (re.compile(r"\sstyle\s*=", re.IGNORECASE), "inline style"),
    (re.compile(r"[\s\"']on[a-z]+\s*=\s*[\"']", re.IGNORECASE), "on* handler"),
    (re.compile(r"\s(?:data-)?hx-on\b", re.IGNORECASE), "hx-on handler"),
    (re.compile(r"javascript:", re.IGNORECASE), "javascript: address"),
    (re.compile(r"\shx-(?:vals|vars)\s*=\s*[\"']js:", re.IGNORECASE), "evaluated hx-vals"),
]
STRING = re.compile(r"\"[^\"]*\"|'[^']*'")
NAME = re.compile(r"[A-Za-z_]\w*(?:\.\w+)+")


def unescaped(source: Source) -> Iterator[str]:
    """Where a template puts text into a page as it is."""
    for number, line in enumerate(source.text.splitlines(), 1):
        yield from (f"{source.path}:{number}: {found[0].strip()}" for found in UNESCAPED.finditer(line))


def marked_safe(source: Source) -> Iterator[str]:
    """Where code does, or fills in a pattern that is no literal."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef) and node.name == "__html__":
            yield source.found(node, "__html__")
        if not isinstance(node, ast.Call):
            continue
        name = last_name(node.func)
        pattern = node.args[PATTERNS[name] :][:1] if name in PATTERNS else []
        if name in UNESCAPING or (name in PATTERNS and not any(isinstance(one, ast.Constant) for one in pattern)):
            yield source.found(node, f"{name}()")


def inline_code(source: Source) -> Iterator[str]:
    """Scripts, styles and handlers that stand in the page itself: the policy forbids them."""
    text = re.sub(r"{%.*?%}|{#.*?#}|{{.*?}}", "x", source.text)
    for pattern, what in NO_CODE:
        for found in pattern.finditer(text):
            yield f"{source.path}: {what}: {found[0].strip()}"


def template_queries(source: Source, relations: frozenset[str]) -> Iterator[str]:
    """Names in a template whose reading would ask the database."""
    for token in Lexer(source.text).tokenize():
        if token.token_type not in (TokenType.VAR, TokenType.BLOCK):
            continue
        for name in NAME.findall(STRING.sub("''", token.contents)):
            base, *rest = name.split(".")
            asks = [part for part in rest if part in QUERY_WORDS or part in relations or part.endswith("_set")]
            if asks and base not in NOT_OF_A_ROW:
                yield f"{source.path}:{token.lineno}: {name}"


# The house itself


def ignored(text: str) -> set[str]:
    """Names at the top that .gitignore names."""
    return {line.strip("/") for line in text.splitlines() if line.startswith("/")}


def top_level(root: Path) -> set[str]:
    """What stands at the top, without hidden things, which are tools' own, and what git leaves out."""
    out = ignored((root / ".gitignore").read_text(encoding="utf-8")) | {"__pycache__"}
    return {path.name for path in root.iterdir() if path.name not in out and not path.name.startswith(".")}
