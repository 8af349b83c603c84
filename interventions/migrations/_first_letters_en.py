"""The first words of the letters in English."""

_HELP = """If something makes it hard to come to school (illness, a ride, worry, work at home or anything else), please \
tell us. We can look for a way together.

What helps now:
- Call or visit the school office. Ask for the counselor.
- Bring a doctor’s excuse, or another document, for any day that the school does not know about.
- Tell the school ahead of time when {child} has to be away."""

_END = """Thank you for your help. {child} belongs here, and we are glad of every day together.

{school}"""

_LAWFUL = """These days are unexcused: for them the school has no reason that it may accept, or no document that shows \
it. If there was a reason, such as illness, a medical appointment, a death in the close family or a court date, bring \
the document to the school office. The school looks at each day again, and tells the officer if the count goes down."""

TEXTS = {
    "tier_1": (
        "We miss {child} at school",
        f"""Dear {{recipient}}:

{{student}} has missed {{absences}} of school at {{school}} this year. We count every day missed, for whatever reason, \
because each one is a day of learning that is hard to make up.

{_HELP}

{_END}""",
    ),
    "tier_2": (
        "Let us talk about how {child} can be at school more",
        f"""Dear {{recipient}}:

{{student}} has now missed {{absences}} of school at {{school}} this year. A student who misses this much often falls \
behind in reading and math, and friends are missed too. It can be turned around, and now is a good time.

We would like to meet with you, at school, at your home or by phone, and make a plan that fits your family. Somebody \
of the school will call you. You can also call us first.

{_HELP}

{_END}""",
    ),
    "tier_3": (
        "{child} has missed many days: let us act together",
        f"""Dear {{recipient}}:

{{student}} has missed {{absences}} of school at {{school}} this year. That is a lot, and we are worried. We do not \
want to lose {{child}}.

Please call the school office this week. We want to sit down with you, listen, and find out what would help. People \
outside the school can help too, with rides, health, food or housing, if you wish.

{_HELP}

{_END}""",
    ),
    "disengaged": (
        "We have not seen {child}, and hope all is well",
        f"""Dear {{recipient}}:

We have not seen or heard enough of {{student}} lately, in the classroom or online, and hope that you are all well.

Please call or visit the office of {{school}}, or send word through {{child}}’s teachers. Tell us how we can reach you. \
If {{child}} needs a device, the internet, work on paper or another way to take part, we will look for it with you. If \
you have moved, please tell us where {{child}} goes to school now.

{_END}""",
    ),
    "truancy_first": (
        "{absences} without an excuse",
        f"""Dear {{recipient}}:

{{student}} has {{absences}} of unexcused absence at {{school}} this school year:

{{days}}

In Mississippi children of school age have to be in school. At this number of unexcused absences the school has to \
report the student to the School Attendance Officer.

{_LAWFUL}

Please call the school office. We would rather help than report, and every day that {{child}} is here counts.

{_END}""",
    ),
    "truancy_again": (
        "New notice: {absences} without an excuse",
        f"""Dear {{recipient}}:

{{student}} now has {{absences}} of unexcused absence at {{school}} this school year:

{{days}}

In Mississippi children of school age have to be in school. The school has to report the student to the School \
Attendance Officer again at this number. If there are more such days, a final notice follows.

{_LAWFUL}

Please call the school office this week, so that we can make a plan together before that.

{_END}""",
    ),
    "truancy_final": (
        "Final notice: {absences} without an excuse",
        f"""Dear {{recipient}}:

{{student}} has {{absences}} of unexcused absence at {{school}} this school year:

{{days}}

In Mississippi children of school age have to be in school. At this number the school has to report the student to the \
School Attendance Officer. This is the final notice. What can follow it is a petition.

{_LAWFUL}

Please call the school office today. It is not too late to sit down together.

{_END}""",
    ),
}
