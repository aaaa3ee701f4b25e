"""Specifications as the harness reads them: those of the product, as an outsider would write them
down from the published tables, and any others."""


def spec(name, classes, *, unit="families", columns=(), counts=None, several=False, zeros="hidden", bandings=None, impossible=(),
         over_time="period", sensitive=False):
    return {
        "name": name, "version": 1, "title": name.replace("_", " ").capitalize(), "unit": unit, "note": "", "classes": list(classes),
        "bandings": bandings or [banding(classes, [[number] for number in range(len(classes))])],
        "columns": list(columns), "counts": counts or {"units": 1}, "several": several, "zeros": zeros, "sensitive": sensitive,
        "impossible": [list(place) for place in impossible], "over_time": over_time,
    }


def banding(classes, lines, labels=None, says=""):
    labels = labels or [" or ".join(classes[number] for number in line) for line in lines]
    return {"says": says, "lines": [{"label": label, "classes": list(line)} for label, line in zip(labels, lines)]}


def day(following, moves):
    return {"day": {"next": [list(classes) for classes in following], "moves": moves}}


AGES = ["Unborn", *(f"{month}–{month + 2} months" for month in range(0, 36, 3)), "Over 36 months"]
UNBORN, OVER = 0, 13


def age_class(months):
    """The class of an age in whole months: negative for unborn."""
    return UNBORN if months < 0 else min(1 + months // 3, OVER)


AGE_BANDINGS = [
    banding(AGES, [[0], [1, 2], [3, 4], [5, 6, 7, 8], [9, 10, 11, 12], [13]],
            ["Unborn", "0–5 months", "6–11 months", "12–23 months", "24–35 months", "36 months and over"]),
    banding(AGES, [[0], [1, 2, 3, 4], list(range(5, 13)), [13]],
            ["Unborn", "Under 12 months", "12–35 months", "36 months and over"], "put ages together"),
    banding(AGES, [[0, 1, 2, 3, 4], list(range(5, 14))], ["Unborn or under 12 months", "12 months and over"], "two ages"),
]
STEPS = ["Universal", "Step 1", "Step 2", "Step 3", "Step 4", "No step yet"]
GROUPS = ["Care-experienced parent", "Perinatal illness", "Premature birth", "Social work", "Young parent", "Housing"]
STATES = ["Confirmed", "Asked, not confirmed", "Not asked"]
KINDS = ["Home visit", "Clinic", "Phone call", "Video call", "Group"]
ENDINGS = ["Attended", "No access", "Was not brought", "Cancelled"]


def caseload_by_age(zeros="hidden", moves=False):
    following = [[0, 1], *([min(number + 1, OVER)] for number in range(1, OVER)), [OVER]]
    return spec("caseload_by_age", AGES, unit="infants", counts={"units": 3}, zeros=zeros, bandings=AGE_BANDINGS,
                over_time=day(following, moves))


def caseload_by_step(zeros="hidden"):
    lines = [banding(STEPS, [[n] for n in range(6)]), banding(STEPS, [[0, 1], [2], [3, 4], [5]], says="put steps together")]
    return spec("caseload_by_step", STEPS, zeros=zeros, bandings=lines, over_time=day([[n] for n in range(6)], True))


def caseload_by_group(zeros="hidden"):
    return spec("caseload_by_group", GROUPS, columns=STATES, several=True, zeros=zeros, sensitive=True,
                over_time=day([[n] for n in range(6)], True))


def contacts(zeros="hidden"):
    return spec("contacts", KINDS, unit="contacts", columns=ENDINGS, counts="sums", zeros=zeros,
                bandings=[banding(KINDS, [[n] for n in range(5)]), banding(KINDS, [[0, 1], [2, 3], [4]], says="put kinds together")])


def opened_by_age(zeros="hidden"):
    return spec("opened_by_age", AGES, unit="infants", counts={"units": 3}, zeros=zeros, bandings=AGE_BANDINGS)


def in_year(one):
    """The same counted over four quarters."""
    name = one["name"] + "_in_year"
    return {**one, "name": name, "title": name.replace("_", " ").capitalize(), "over_time": {"periods": {"of": one["name"], "count": 4}}}


def width(one):
    return max(1, len(one["columns"]))


def zero_floor(one):
    """A hidden number is at least this."""
    return 1 if one["zeros"] == "shown" else 0
