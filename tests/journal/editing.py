"""Pages of the words, as an editor's browser sends them."""

PROMPTS = "/admin/journal/prompt/"


def page_of(row):
    return f"/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/change/"


def fields_of(answer):
    """What a browser would send of a form that nobody touched."""
    form = answer.context["adminform"].form
    sent = {}
    for name in form.fields:
        value = form[name].value()
        if value is True:
            sent[name] = "on"
        elif value is not None and value is not False:
            sent[name] = str(value)
    return sent


def save(browser, address, button="_save", value="", **typed):
    """Open a page, type, and press a button."""
    opened = browser.get(address)
    assert opened.status_code == 200
    return browser.post(address, fields_of(opened) | typed | {button: value or "1"})


def errors_of(answer):
    """Everything that a refused form says."""
    form = answer.context["adminform"].form
    return [str(error) for errors in form.errors.values() for error in errors]
