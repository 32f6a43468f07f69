"""The sheet of questions: a row each, found by its name. In and out by django-import-export, in chunks."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from import_export import resources
from import_export.fields import Field
from import_export.instance_loaders import BaseInstanceLoader
from import_export.results import RowResult

from journal.models import Prompt, PromptText, Theme
from journal.models.prompt_states import PromptState
from journal.models.prompts import SECTIONS, PromptKind
from journal.prompt_checks import Finding, check
from journal.sheets.cells import AgeCell, ChoiceCell, DayCell, SlugCell, TextCell
from journal.sheets.changes import CODES, COLUMNS, STATES, Change, Values, prepared


class KnownPrompts(BaseInstanceLoader):
    """Finds a row's question among all of them, which were fetched at once."""

    def get_instance(self, row: Any) -> Prompt | None:
        known: Prompt | None = self.resource.known.get(str(row.get("slug", "")).strip())
        return known


class PromptSheet(resources.ModelResource):
    """One object for one file: it remembers the names it met and the changes it made."""

    slug = Field(attribute="slug", column_name="slug", widget=SlugCell())
    theme = Field(attribute="theme", column_name="theme", widget=ChoiceCell({}))
    kind = Field(
        attribute="kind", column_name="kind", widget=ChoiceCell({kind.value: kind.value for kind in PromptKind})
    )
    age_min_months = Field(attribute="age_min_months", column_name="age_min_months", widget=AgeCell())
    age_max_months = Field(attribute="age_max_months", column_name="age_max_months", widget=AgeCell())
    source_section = Field(attribute="source_section", column_name="source_section", widget=ChoiceCell(dict(SECTIONS)))
    state = Field(attribute="wanted", column_name="state", widget=ChoiceCell(STATES))
    ask_from = Field(attribute="ask_from", column_name="ask_from", widget=DayCell())
    ask_until = Field(attribute="ask_until", column_name="ask_until", widget=DayCell())

    for code in CODES:
        vars()[f"text_{code}"] = Field(f"text_{code}", column_name=f"text_{code}", widget=TextCell())
    del code

    class Meta:
        model = Prompt
        fields = import_order = export_order = COLUMNS
        import_id_fields = ("slug",)
        instance_loader_class = KnownPrompts
        use_bulk = True
        batch_size = 500
        skip_diff = True
        report_skipped = False

    UPDATED: ClassVar = [
        *("theme", "kind", "age_min_months", "age_max_months", "source_section", "ask_from", "ask_until"),
        *("published_at", "retired_at", "wished_at", "wished_by"),
    ]

    def __init__(self, *, keeps: bool = False) -> None:
        super().__init__()
        self.keeps = keeps
        self.fields["theme"].widget = ChoiceCell({theme.slug: theme for theme in Theme.objects.all()})
        rows = Prompt.objects.select_related("theme").prefetch_related("texts").order_by("slug")
        if keeps:
            rows = rows.select_for_update(of=("self",))
        self.known = {prompt.slug: prepared(prompt) for prompt in rows}
        self.met: dict[str, int] = {}
        self.before: Values = {}
        self.findings: list[Finding] = []
        self.changes: list[Change] = []
        self.fresh: list[Change] = []

    def values(self, prompt: Any) -> Values:
        return {name: str(self.fields[name].export(prompt)) for name in COLUMNS} if prompt.slug else {}

    def get_bulk_update_fields(self) -> list[str]:
        return self.UPDATED

    def get_queryset(self) -> Any:
        return self.known.values()

    def init_instance(self, row: Any = None) -> Any:
        return prepared(Prompt())

    def after_init_instance(self, instance: Any, new: bool, row: Any, **kwargs: Any) -> None:
        self.before = {} if new else self.values(instance)

    def skip_row(self, instance: Any, original: Any, row: Any, import_validation_errors: Any = None) -> bool:
        self.meet(instance, row, import_validation_errors)
        return not import_validation_errors and self.before == self.values(instance)

    def meet(self, instance: Any, row: Any, errors: Any) -> None:
        """A name stands in one row of a file."""
        earlier = self.met.setdefault(instance.slug, row["row"]) if "slug" not in errors else row["row"]
        if earlier != row["row"]:
            errors["slug"] = ValidationError(_("This name stands in row %(row)s already.") % {"row": earlier})

    def validate_instance(
        self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        errors = dict(import_validation_errors or {})
        for column, reason in self.problems(instance):
            errors.setdefault(column, ValidationError(reason))
        if errors:
            raise ValidationError(errors)

    def problems(self, prompt: Any) -> Iterator[tuple[str, str]]:
        """What is wrong with a row as a whole, by its column."""
        if prompt.age_min_months >= prompt.age_max_months:
            yield "age_max_months", _("The ages run from young to old, up to 60 months.")
        if prompt.ask_from and prompt.ask_until and prompt.ask_until < prompt.ask_from:
            yield "ask_until", _("The last day lies before the first.")
        texts = {code: getattr(prompt, f"text_{code}") for code in CODES}
        self.findings = [] if self.keeps else check(texts, prompt.age_max_months)
        for finding in self.findings:
            missing = not texts[finding.language]
            kept = bool(self.before.get(f"text_{finding.language}"))
            if finding.blocks and (not missing or kept or prompt.wanted == PromptState.PUBLISHED):
                yield f"text_{finding.language}", finding.reason
        if settings.SECOND_EDITOR and prompt.wanted == PromptState.PUBLISHED:
            yield "state", _("Two editors decide here. A file cannot publish. It cannot change what is out.")

    def before_save_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        """The times of its state: new ones when the file changes the state, and only then."""
        if self.before.get("state", PromptState.DRAFT) != instance.wanted:
            now = timezone.now()
            was_out = None if instance.wanted == PromptState.DRAFT else instance.published_at or now
            instance.published_at = now if instance.wanted == PromptState.PUBLISHED else was_out
            instance.retired_at = now if instance.wanted == PromptState.RETIRED else None
        instance.wished_at = instance.wished_by = None

    def after_import_row(self, row: Any, row_result: Any, **kwargs: Any) -> None:
        if row_result.import_type == RowResult.IMPORT_TYPE_SKIP:
            return
        prompt = self.touched
        after = self.values(prompt)
        differences = [(name, self.before.get(name, ""), after[name]) for name in COLUMNS]
        warnings = [f"{finding.language}: {finding.reason}" for finding in self.findings if not finding.blocks]
        changed = [difference for difference in differences if difference[1] != difference[2]]
        self.fresh.append(Change(prompt, row_result.is_new(), changed, warnings))

    def after_save_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        self.touched = instance

    def bulk_create(self, using_transactions: bool, dry_run: bool, *args: Any, **kwargs: Any) -> None:
        if dry_run:
            self.create_instances.clear()
        super().bulk_create(using_transactions, dry_run, *args, **kwargs)

    def bulk_update(self, using_transactions: bool, dry_run: bool, *args: Any, **kwargs: Any) -> None:
        if dry_run:
            self.update_instances.clear()
        super().bulk_update(using_transactions, dry_run, *args, **kwargs)

    def after_import(self, dataset: Any, result: Any, **kwargs: Any) -> None:
        """The wordings, once their questions are there."""
        if not kwargs.get("dry_run"):
            PromptText.objects.put(
                [
                    (change.prompt, code, getattr(change.prompt, f"text_{code}"))
                    for change in self.fresh
                    for code in CODES
                    if any(name == f"text_{code}" for name, _before, _after in change.differences)
                ]
            )
        self.changes += self.fresh
        self.fresh = []
