"""The first words of the letters in Spanish."""

_HELP = """Si algo hace difícil venir a la escuela (una enfermedad, el transporte, una preocupación, el trabajo en \
casa o cualquier otra cosa), por favor díganos. Podemos buscar juntos una solución.

Qué ayuda ahora:
- Llame o visite la oficina de la escuela. Pregunte por la persona consejera.
- Traiga un justificante del médico, u otro documento, por cualquier día del que la escuela no sepa.
- Avise a la escuela con tiempo cuando {child} tenga que faltar."""

_END = """Gracias por su ayuda. {child} es parte de esta escuela, y nos alegra cada día que pasamos juntos.

{school}"""

_LAWFUL = """Estos días no están justificados: la escuela no tiene para ellos un motivo que pueda aceptar, o no tiene \
un documento que lo muestre. Si hubo un motivo, como una enfermedad, una cita médica, una muerte en la familia cercana \
o una cita en la corte, traiga el documento a la oficina de la escuela. La escuela revisa cada día otra vez, y avisa al \
funcionario si el número baja."""

_LAW = "En Misisipi, los niños en edad escolar tienen que estar en la escuela."

TEXTS = {
    "tier_1": (
        "Nos hace falta {child} en la escuela",
        f"""Estimado/a {{recipient}}:

{{student}} ha faltado {{absences}} a {{school}} este año. Contamos todos los días de ausencia, por cualquier motivo, \
porque cada uno es un día de aprendizaje que es difícil recuperar.

{_HELP}

{_END}""",
    ),
    "tier_2": (
        "Hablemos de cómo {child} puede venir más a la escuela",
        f"""Estimado/a {{recipient}}:

{{student}} ya ha faltado {{absences}} a {{school}} este año. Quien falta tanto muchas veces se atrasa en lectura y \
matemáticas, y también extraña a sus amigos. Esto se puede cambiar, y ahora es un buen momento.

Nos gustaría reunirnos con usted, en la escuela, en su casa o por teléfono, y hacer un plan que le sirva a su familia. \
Alguien de la escuela le va a llamar. Usted también puede llamarnos primero.

{_HELP}

{_END}""",
    ),
    "tier_3": (
        "{child} ha faltado muchos días: actuemos juntos",
        f"""Estimado/a {{recipient}}:

{{student}} ha faltado {{absences}} a {{school}} este año. Es mucho, y estamos preocupados. No queremos perder a \
{{child}}.

Por favor llame a la oficina de la escuela esta semana. Queremos sentarnos con usted, escuchar y saber qué ayudaría. \
También hay personas fuera de la escuela que pueden ayudar con transporte, salud, comida o vivienda, si usted lo desea.

{_HELP}

{_END}""",
    ),
    "disengaged": (
        "No hemos visto a {child}, y esperamos que todo esté bien",
        f"""Estimado/a {{recipient}}:

Últimamente hemos visto o sabido muy poco de {{student}}, en el salón de clases o en línea, y esperamos que todos estén \
bien.

Por favor llame o visite la oficina de {{school}}, o mande un recado con los maestros de {{child}}. Díganos cómo podemos \
comunicarnos con usted. Si {{child}} necesita un aparato, internet, tareas en papel u otra manera de participar, la \
buscaremos con usted. Si se han mudado, díganos por favor a qué escuela va {{child}} ahora.

{_END}""",
    ),
    "truancy_first": (
        "{absences} de ausencia sin justificar",
        f"""Estimado/a {{recipient}}:

{{student}} tiene {{absences}} de ausencia sin justificar en {{school}} este año escolar:

{{days}}

{_LAW} Con este número de ausencias sin justificar, la escuela tiene que informar del estudiante al funcionario de \
asistencia escolar (School Attendance Officer).

{_LAWFUL}

Por favor llame a la oficina de la escuela. Preferimos ayudar que informar, y cada día que {{child}} está aquí cuenta.

{_END}""",
    ),
    "truancy_again": (
        "Nuevo aviso: {absences} de ausencia sin justificar",
        f"""Estimado/a {{recipient}}:

{{student}} ya tiene {{absences}} de ausencia sin justificar en {{school}} este año escolar:

{{days}}

{_LAW} Con este número, la escuela tiene que informar otra vez del estudiante al funcionario de asistencia escolar \
(School Attendance Officer). Si hay más días así, sigue un último aviso.

{_LAWFUL}

Por favor llame a la oficina de la escuela esta semana, para hacer juntos un plan antes de ese aviso.

{_END}""",
    ),
    "truancy_final": (
        "Último aviso: {absences} de ausencia sin justificar",
        f"""Estimado/a {{recipient}}:

{{student}} tiene {{absences}} de ausencia sin justificar en {{school}} este año escolar:

{{days}}

{_LAW} Con este número, la escuela tiene que informar del estudiante al funcionario de asistencia escolar (School \
Attendance Officer). Este es el último aviso. Lo que puede seguir es una petición formal (petition).

{_LAWFUL}

Por favor llame hoy a la oficina de la escuela. Todavía estamos a tiempo de sentarnos a hablar.

{_END}""",
    ),
}
