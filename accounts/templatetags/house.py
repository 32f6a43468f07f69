"""The house's hand: how a form field, a problem with a form and a phone number are written in a page."""

import json
import re
from collections.abc import Hashable
from dataclasses import dataclass
from functools import lru_cache

from django import forms, template
from django.conf import settings
from django.forms.boundfield import BoundWidget
from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from accounts.qr import QrCode

register = template.Library()

SELECT = forms.Select.template_name
SHORT = frozenset({"date", "datetime-local", "month", "number", "time", "week"})
NORTH_AMERICAN = re.compile(r"(1?)(\d{3})(\d{3})(\d{4})")
WRITTEN_NUMBER = re.compile(r"(\d[\d-]{5,}\d)")


@register.simple_tag
def fixed(template_name: str, **values: Hashable) -> SafeString:
    """A partial that is the same for everyone, rendered once for each language and then kept in memory.

    It sees these values and nothing else. They are our own words, such as the name of a place, never a person's.
    """
    return _rendered_once(get_language(), template_name, tuple(values.items()))


@lru_cache(maxsize=1000)
def _rendered_once(_language: str | None, template_name: str, values: tuple[tuple[str, Hashable], ...]) -> SafeString:
    return render_to_string(template_name, dict(values))


@register.simple_tag
def fixed_field(field: forms.BoundField, template_name: str = "house/field.html") -> SafeString:
    """A field and what stands around it, kept in memory while nothing was filled in: then it is the same for everyone.

    For fields whose label, help and choices are our own words; a list of someone's children is not.
    """
    if field.errors or field.value() != field.field.initial:
        return render_to_string(template_name, {"field": field})
    choices = tuple(value for value, _label in getattr(field.field, "choices", ()))
    key = (get_language(), template_name, type(field.form), field.name, choices)
    if key not in _empty_fields:
        _empty_fields[key] = render_to_string(template_name, {"field": field})
    return _empty_fields[key]


_empty_fields: dict[tuple[object, ...], SafeString] = {}


@register.simple_tag
def leave_url() -> str:
    """Where "Leave fast" goes."""
    return settings.LEAVE_URL


@register.inclusion_tag("partials/qr.html")
def qr_code(text: str, label: str) -> dict[str, object]:
    """The text as a QR code, with what it is for."""
    return {"code": QrCode.of(text), "label": label}


@register.filter
def as_json(value: object) -> str:
    """For a data- attribute that a script reads."""
    return json.dumps(value)


@register.filter
def phone(number: str) -> str:
    """A North American number as people write it, any other as it stands."""
    match = NORTH_AMERICAN.fullmatch(number)
    return "-".join(filter(None, match.groups())) if match else number


@register.filter
def whole_numbers(text: str) -> SafeString:
    """The text, escaped, with each phone number in it kept on one line."""
    parts = (
        format_html('<span class="nowrap">{}</span>', part) if WRITTEN_NUMBER.fullmatch(part) else part
        for part in WRITTEN_NUMBER.split(text)
    )
    return format_html_join("", "{}", ((part,) for part in parts))


@register.simple_tag
def house_input(field: forms.BoundField) -> SafeString:
    """The field's input, named and described by what stands around it in templates/house/."""
    attrs: dict[str, str | bool] = {"aria-describedby": _described_by(field)}
    if isinstance(field.field.widget, forms.CheckboxInput):
        attrs["aria-labelledby"] = f"{field.auto_id}_label"
    else:
        attrs["class"] = _classes(field.field.widget)
    attrs = {name: value for name, value in attrs.items() if value}
    return _select(field, attrs) if type(field.field.widget).template_name == SELECT else field.as_widget(attrs=attrs)


def _select(field: forms.BoundField, attrs: dict[str, str | bool]) -> SafeString:
    """As Django's own template for it, which renders a template for each option: there are 450 time zones."""
    attrs = field.build_widget_attrs({"id": field.auto_id, **attrs})
    widget = field.field.widget.get_context(field.html_name, field.value(), attrs)["widget"]
    groups = []
    for name, options, _place in widget["optgroups"]:
        rows = ((option["value"], flatatt(option["attrs"]), option["label"]) for option in options)
        group = format_html_join("", '<option value="{}"{}>{}</option>', rows)
        groups.append((format_html('<optgroup label="{}">{}</optgroup>', name, group) if name else group,))
    whole = (widget["name"], flatatt(widget["attrs"]), format_html_join("", "{}", groups))
    return format_html('<select name="{}"{}>{}</select>', *whole)


def _described_by(field: forms.BoundField) -> str:
    """What the widget names itself, then the help, then what is wrong."""
    own = field.field.widget.attrs.get("aria-describedby", "")
    help_id = f"{field.auto_id}_helptext" if field.help_text else ""
    error_id = f"{field.auto_id}_error" if field.errors else ""
    return " ".join(filter(None, [own, help_id, error_id]))


def _classes(widget: forms.Widget) -> str:
    kind = widget.attrs.get("type", getattr(widget, "input_type", ""))
    look = "input--words" if isinstance(widget, forms.Textarea) else "input--short" if kind in SHORT else ""
    return " ".join(filter(None, ["input", look, widget.attrs.get("class", "")]))


@register.simple_tag
def house_choice(choice: BoundWidget) -> SafeString:
    """One radio button or checkbox of a group. What is wrong belongs to the group, so the input is not marked."""
    attrs = {name: value for name, value in choice.data["attrs"].items() if name != "aria-invalid"}
    # As Django's own template for it, which takes ten times longer.
    named = (choice.data["type"], choice.data["name"], choice.data["value"])
    return format_html('<input type="{}" name="{}" value="{}"{}>', *named, flatatt(attrs))


@dataclass(frozen=True)
class Problem:
    """One thing to look at in a form, and the id of the input to look at; none when it is about the whole form."""

    text: str
    anchor: str = ""


@register.simple_tag
def form_problems(form: forms.BaseForm) -> list[Problem]:
    """Everything wrong with a form, in the order of its fields."""
    if not form.errors:
        return []
    problems = [Problem(str(text)) for text in form.non_field_errors()]
    for field in form:
        # A group of choices has no input of its own: the first choice stands for it.
        anchor = "" if field.is_hidden else field.id_for_label or f"{field.auto_id}_0"
        problems += [Problem(str(text), anchor) for text in field.errors]
    return problems


@register.filter
def keeps_typed(form: forms.BaseForm) -> bool:
    """Whether the page gives back all that was typed: a password never comes back."""
    return not any(getattr(field.widget, "input_type", "") == "password" for field in form.fields.values())
