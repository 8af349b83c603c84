"""The first words of the letters in Haitian Creole."""

_HELP = """Si gen yon bagay ki fè li difisil pou vin lekòl (maladi, transpò, enkyetid, travay nan kay la oswa nenpòt \
lòt bagay), tanpri di nou sa. Nou ka chèche yon solisyon ansanm.

Sa ki ka ede kounye a:
- Rele oswa pase nan biwo lekòl la. Mande pou konseye a.
- Pote yon papye doktè, oswa yon lòt dokiman, pou chak jou lekòl la pa konnen rezon an.
- Fè lekòl la konnen davans lè {child} oblije absan."""

_END = """Mèsi pou èd ou. {child} gen plas li isit la, epi nou kontan pou chak jou nou pase ansanm.

{school}"""

_LAWFUL = """Jou sa yo pa eskize: lekòl la pa gen yon rezon li ka aksepte pou yo, oswa li pa gen yon dokiman ki montre \
rezon an. Si te gen yon rezon, tankou maladi, yon randevou lakay doktè, yon lanmò nan fanmi pwòch la oswa yon dat \
tribinal, pote dokiman an nan biwo lekòl la. Lekòl la gade chak jou ankò, epi li fè ofisye a konnen si kantite a bese."""

_LAW = "Nan Misisipi, timoun ki gen laj lekòl dwe lekòl."

TEXTS = {
    "tier_1": (
        "{child} manke nou lekòl la",
        f"""Chè {{recipient}}:

{{student}} rate {{absences}} lekòl nan {{school}} ane sa a. Nou konte chak jou yon elèv rate, kèlkeswa rezon an, paske \
chak jou se yon jou aprantisaj ki difisil pou rekipere.

{_HELP}

{_END}""",
    ),
    "tier_2": (
        "Ann pale sou fason {child} ka vin lekòl pi souvan",
        f"""Chè {{recipient}}:

{{student}} rate {{absences}} lekòl kounye a nan {{school}} ane sa a. Yon elèv ki rate kantite sa a souvan pran reta nan \
lekti ak matematik, epi zanmi l yo manke l tou. Sa ka chanje, e kounye a se yon bon moman.

Nou ta renmen rankontre avèk ou, lekòl la, lakay ou oswa nan telefòn, pou nou fè yon plan ki bon pou fanmi ou. Yon moun \
nan lekòl la pral rele ou. Ou ka rele nou anvan tou.

{_HELP}

{_END}""",
    ),
    "tier_3": (
        "{child} rate anpil jou: ann aji ansanm",
        f"""Chè {{recipient}}:

{{student}} rate {{absences}} lekòl nan {{school}} ane sa a. Se anpil, e nou enkyete. Nou pa vle pèdi {{child}}.

Tanpri rele biwo lekòl la semèn sa a. Nou vle chita avèk ou, koute ou, epi konnen ki sa ki ta ka ede. Gen moun deyò lekòl \
la ki ka ede tou, ak transpò, sante, manje oswa lojman, si ou vle.

{_HELP}

{_END}""",
    ),
    "disengaged": (
        "Nou pa wè {child}, e nou espere tout bagay anfòm",
        f"""Chè {{recipient}}:

Dènyèman nou pa wè ni nou pa tande ase nouvèl {{student}}, ni nan klas la ni sou entènèt, e nou espere nou tout anfòm.

Tanpri rele oswa pase nan biwo {{school}}, oswa voye yon mesaj bay pwofesè {{child}} yo. Di nou kijan nou ka jwenn ou. \
Si {{child}} bezwen yon aparèy, entènèt, travay sou papye oswa yon lòt fason pou patisipe, n ap chèche li avèk ou. Si nou \
demenaje, tanpri di nou nan ki lekòl {{child}} ale kounye a.

{_END}""",
    ),
    "truancy_first": (
        "{absences} absans san eskiz",
        f"""Chè {{recipient}}:

{{student}} gen {{absences}} absans san eskiz nan {{school}} ane lekòl sa a:

{{days}}

{_LAW} Lè gen kantite absans san eskiz sa a, lekòl la oblije rapòte elèv la bay ofisye prezans lekòl la (School \
Attendance Officer).

{_LAWFUL}

Tanpri rele biwo lekòl la. Nou pito ede pase nou rapòte, e chak jou {{child}} la konte.

{_END}""",
    ),
    "truancy_again": (
        "Nouvo avi: {absences} absans san eskiz",
        f"""Chè {{recipient}}:

{{student}} gen {{absences}} absans san eskiz kounye a nan {{school}} ane lekòl sa a:

{{days}}

{_LAW} Lè gen kantite sa a, lekòl la oblije rapòte elèv la ankò bay ofisye prezans lekòl la (School Attendance \
Officer). Si gen plis jou konsa, ap gen yon dènye avi.

{_LAWFUL}

Tanpri rele biwo lekòl la semèn sa a, pou nou fè yon plan ansanm anvan sa.

{_END}""",
    ),
    "truancy_final": (
        "Dènye avi: {absences} absans san eskiz",
        f"""Chè {{recipient}}:

{{student}} gen {{absences}} absans san eskiz nan {{school}} ane lekòl sa a:

{{days}}

{_LAW} Lè gen kantite sa a, lekòl la oblije rapòte elèv la bay ofisye prezans lekòl la (School Attendance Officer). Sa a \
se dènye avi a. Sa ki ka vini apre se yon petisyon (petition).

{_LAWFUL}

Tanpri rele biwo lekòl la jodi a. Li poko twò ta pou nou chita pale.

{_END}""",
    ),
}
