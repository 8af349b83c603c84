"""The answers that an office gives families most, so that its first day does not begin with an empty list."""

from django.db import migrations

ANSWERS = [
    (
        "Thank you, noted",
        "Thank you for telling us. We have noted it.",
        "Gracias por avisarnos. Ya lo anotamos.",
        "Mèsi dèske ou fè nou konnen. Nou pran nòt.",
    ),
    (
        "A doctor’s excuse is needed",
        "Thank you. To excuse the absence we need a doctor’s or dentist’s excuse. You can send a photo of it under Absences.",
        "Gracias. Para justificar la ausencia necesitamos un justificante del médico o del dentista. Puede enviar una foto en Ausencias.",
        "Mèsi. Pou nou jistifye absans lan, nou bezwen yon papye doktè oswa dantis. Ou ka voye yon foto li nan Absans.",
    ),
    (
        "A note does not excuse illness",
        "Thank you for your note. We keep it, but by the state’s rules a parent’s note does not excuse an absence for illness. A doctor’s excuse does.",
        "Gracias por su nota. La guardamos, pero según las reglas del estado la nota de un padre no justifica una ausencia por enfermedad. Un justificante del médico sí.",
        "Mèsi pou nòt ou a. Nou kenbe l, men dapre règ eta a, nòt yon paran pa jistifye yon absans pou maladi. Yon papye doktè jistifye l.",
    ),
    (
        "Please call the office",
        "We would like to talk with you. Please call the school’s office.",
        "Quisiéramos hablar con usted. Por favor llame a la oficina de la escuela.",
        "Nou ta renmen pale avèk ou. Tanpri rele biwo lekòl la.",
    ),
    (
        "The teacher will look at it",
        "We have passed this to the teacher. You will see the answer under Corrections.",
        "Se lo pasamos al maestro. Verá la respuesta en Correcciones.",
        "Nou pase sa bay pwofesè a. W ap wè repons lan nan Koreksyon.",
    ),
    (
        "Corrected",
        "You were right. We have corrected it. Thank you for telling us.",
        "Usted tenía razón. Ya lo corregimos. Gracias por avisarnos.",
        "Ou te gen rezon. Nou korije l. Mèsi dèske ou fè nou konnen.",
    ),
]


def add_answers(apps, schema_editor):
    template = apps.get_model("attendance", "ReplyTemplate")
    template.objects.using(schema_editor.connection.alias).bulk_create(
        template(name=name, in_english=english, in_spanish=spanish, in_haitian_creole=creole)
        for name, english, spanish, creole in ANSWERS
    )


class Migration(migrations.Migration):
    dependencies = [("attendance", "0019_families_ask_and_write")]
    operations = [migrations.RunPython(add_answers, migrations.RunPython.noop)]
