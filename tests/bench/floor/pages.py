"""One page of fifty rows from one query through one template, and one form that writes a row."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import path

from tests.bench.floor.models import Entry

ROWS = 50


class EntryForm(forms.ModelForm):
    class Meta:
        model = Entry
        fields = ("title", "text")


@login_required
def entries(request):
    newest = Entry.objects.filter(author=request.user).order_by("-pk")[:ROWS]
    return render(request, "entries.html", {"entries": newest})


@login_required
def entry_new(request):
    form = EntryForm(request.POST or None, instance=Entry(author=request.user))
    if form.is_valid():
        form.save()
        return redirect("entries")
    return render(request, "entry_new.html", {"form": form})


urlpatterns = [path("", entries, name="entries"), path("new/", entry_new, name="entry-new")]
