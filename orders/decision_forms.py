"""What a page sends of whoever decides about a finished site."""

from django import forms

from .decisions import NOTE_LETTERS, NoteRefused, Outdated, Seen


class SeenForm(forms.Form):
    """What the page showed on which somebody decided."""

    version = forms.IntegerField(min_value=0)
    edits = forms.IntegerField(min_value=0)

    def seen(self) -> Seen:
        """Raises Outdated where the page did not say."""
        if not self.is_valid():
            raise Outdated
        return Seen(version=self.cleaned_data["version"], edits=self.cleaned_data["edits"])


class NoteForm(forms.Form):
    """What shall be changed."""

    note = forms.CharField(max_length=NOTE_LETTERS)

    def note_given(self) -> str:
        """Raises NoteRefused."""
        if not self.is_valid():
            raise NoteRefused
        return str(self.cleaned_data["note"]).replace("\r\n", "\n")
