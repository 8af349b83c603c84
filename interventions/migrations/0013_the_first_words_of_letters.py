"""The first words of each kind of letter in three languages, as rows beside which a district can write its own."""

from datetime import date

from django.db import migrations

from interventions.migrations import _first_letters_en, _first_letters_es, _first_letters_ht

_LANGUAGES = {"en": _first_letters_en, "es": _first_letters_es, "ht": _first_letters_ht}


def add_words(apps, schema_editor):
    template = apps.get_model("interventions", "LetterTemplate")
    template.objects.using(schema_editor.connection.alias).bulk_create(
        template(kind=kind, language=language, holds_from=date(2020, 7, 1), subject=subject, body=body)
        for language, words in _LANGUAGES.items()
        for kind, (subject, body) in words.TEXTS.items()
    )


class Migration(migrations.Migration):
    dependencies = [("interventions", "0012_letters_to_families")]
    operations = [migrations.RunPython(add_words, migrations.RunPython.noop)]
