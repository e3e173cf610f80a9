#!/usr/bin/env python3
"""Compares `septet phone` with another implementation of the same numbering plans.

A person runs this; it is no part of the test suite. It needs Python 3.9 or later and the Python port of
libphonenumber at the version whose plans septet has:

    pip install phonenumbers==9.0.42
    cargo build --release --features cli
    python3 tests/phone_reference.py [target/release/septet] [--mutations 10000] [--seed 1] [--table]

Given to both are the example numbers of every region and network and of every kind, and an invalid one of
every region, in four ways of writing, with their region, with no region and with another one; and seeded
mutations of them. Compared are validity, the reason of what is not valid, kind, region, E.164 form,
extension, and whether a message and a call are accepted.

Three answers are made for each number: septet's; the reference's own, with the eligibility table applied to
its kind; and the one that is expected: the latter with septet's deliberate differences, and with those of the
parser that it uses. Each of these is computed here from the input and the reference's answer, never from what
septet says about the input. Where septet gives the expected answer and that is the reference's own, they
agree. Where it is another, the disagreement is counted for each difference that applies. Where septet gives
any other answer, that is unexplained, is shown, and makes the exit status 1.

With `--table` every row of tests/data/numbers.tsv is compared with the reference as well. That needs no
binary, and is done alone where `--mutations 0` is given with it.
"""

import argparse
import collections
import contextlib
import json
import pathlib
import random
import re
import subprocess
import sys
import unicodedata
import unittest.mock

import phonenumbers
from phonenumbers import (
    NumberParseException,
    PhoneMetadata,
    PhoneNumberFormat,
    PhoneNumberType,
    ValidationResult,
    phonenumberutil,
)

PLANS = "9.0.42"
TABLE = pathlib.Path(__file__).parent / "data" / "numbers.tsv"

KINDS = {
    PhoneNumberType.FIXED_LINE: "fixed-line",
    PhoneNumberType.MOBILE: "mobile",
    PhoneNumberType.FIXED_LINE_OR_MOBILE: "fixed-line-or-mobile",
    PhoneNumberType.TOLL_FREE: "toll-free",
    PhoneNumberType.PREMIUM_RATE: "premium-rate",
    PhoneNumberType.SHARED_COST: "shared-cost",
    PhoneNumberType.VOIP: "voip",
    PhoneNumberType.PERSONAL_NUMBER: "personal-number",
    PhoneNumberType.PAGER: "pager",
    PhoneNumberType.UAN: "uan",
    PhoneNumberType.VOICEMAIL: "voicemail",
    PhoneNumberType.UNKNOWN: "unknown",
}

REASONS = {
    NumberParseException.INVALID_COUNTRY_CODE: "unknown-calling-code",
    NumberParseException.NOT_A_NUMBER: "not-a-number",
    NumberParseException.TOO_SHORT_AFTER_IDD: "too-short",
    NumberParseException.TOO_SHORT_NSN: "too-short",
    NumberParseException.TOO_LONG: "too-long",
}

LENGTHS = {
    ValidationResult.IS_POSSIBLE: "unassigned",
    ValidationResult.IS_POSSIBLE_LOCAL_ONLY: "too-short",
    ValidationResult.TOO_SHORT: "too-short",
    ValidationResult.TOO_LONG: "too-long",
    ValidationResult.INVALID_LENGTH: "wrong-length",
    ValidationResult.INVALID_COUNTRY_CODE: "unknown-calling-code",
}

SMS = {"mobile", "fixed-line-or-mobile"}
VOICE = SMS | {"fixed-line"}

# septet's deliberate differences.
DELIBERATE = {
    "too-many-bytes": "input of more than 250 bytes is not read",
    "phone-context": "input with ;phone-context= is not read",
    "beyond-e164": "more than 15 digits in all are no number",
    "short-code": "three to six bare digits that are no number there are called a short code",
    "no-country": "no plus and no region is told apart from an unknown calling code",
    "global-network": "numbers of global networks get nothing",
    "letters": "numbers written with letters get nothing",
    "surplus": "input with something beside the number gets nothing",
    "long-extension": "an extension as long as a number, and no word or # before it, is a second number",
    "dropped-digits": "behind a calling code more than a trunk prefix is not left out",
    "extension": "no message to an extension, no call to one of more than 15 digits",
}

# Differences of the parser that septet uses (rlibphonenumber 2.2.15) from the one here. Each of them is about
# input that is refused.
PARSER = {
    "second-number": "the last `/ x` ends a number, a line before it is not read, as in C++; here the first ends it",
    "two-digits": "two digits with an extension are read; here they are no number",
    "zeros": "more than ten zeros in front are ten, which can change why a number is not valid",
}

Answer = collections.namedtuple("Answer", "validity reason kind region e164 extension sms voice")


def unparseable(reason):
    return Answer("unparseable", reason, "unknown", None, None, None, "reject", "reject")


def verdict(accepted):
    return "accept" if accepted else "reject"


def reference(number, region):
    """The reference's own answer; the eligibility table applied to its kind."""
    try:
        parsed = phonenumbers.parse(number, region)
    except NumberParseException as error:
        return unparseable(REASONS[error.error_type])
    extension = parsed.extension and "".join(digits_of(parsed.extension))
    if not phonenumbers.is_valid_number(parsed):
        reason = LENGTHS[phonenumbers.is_possible_number_with_reason(parsed)]
        return Answer("invalid", reason, "unknown", None, None, extension, "reject", "reject")
    kind = KINDS[phonenumbers.number_type(parsed)]
    home = phonenumbers.region_code_for_number(parsed)
    return Answer(
        "valid",
        None,
        kind,
        None if home == "001" else home,
        phonenumbers.format_number(without_extension(parsed), PhoneNumberFormat.E164),
        extension,
        verdict(kind in SMS),
        verdict(kind in VOICE),
    )


def without_extension(parsed):
    copy = phonenumbers.PhoneNumber()
    copy.merge_from(parsed)
    copy.extension = None
    return copy


def digits_of(text):
    """The decimal digits of any script, in ASCII."""
    for character in text:
        digit = unicodedata.decimal(character, None)
        if digit is not None:
            yield str(digit)


def look(number):
    """What the reference cuts off, and what it leaves of the number: surplus, and the number in full.

    Its own steps are used, one by one, so that what each of them drops can be looked at.
    """
    taken = phonenumberutil._extract_possible_number(number)
    start = re.search(r"[+\uff0b\d]", number)
    before = number[: start.start()] if start else ""
    before = re.sub(r"^\s*tel:", "", before, flags=re.IGNORECASE)
    surplus = any(character.isalnum() or character in "*#" for character in before)
    # Behind the number: a second extension, or a subaddress. A star within is left out without a word.
    rest = number[start.start() + len(taken) :] if start else ""
    surplus |= re.match(r"[\\/] *x", rest, re.IGNORECASE) is not None
    subaddress = taken.lower().find(";isub=")
    surplus |= subaddress > 0 or "*" in taken + rest
    return surplus, taken[:subaddress] if subaddress > 0 else taken


def as_parsed(number, region, plain):
    """The reference's answer if it read the input as the parser does that septet uses, and what differs."""
    causes = set()
    read = number
    with contextlib.ExitStack() as changes:
        taken = phonenumberutil._extract_possible_number(number)
        first = re.search(r"[+\uff0b\d]", number)
        rest = re.sub(r"(?:_|[^#\w])+$", "", number[first.start() :]) if first else ""
        second = re.search(r"(.*)[\\/] *x", rest)
        if second and second[1] != taken:
            causes.add("second-number")
            read = taken = second[1]
            changes.enter_context(patched("_extract_possible_number", lambda text: text))
        taken = re.sub(r"(?s)(?<=.);isub=.*", "", taken)
        extension = phonenumberutil._EXTN_PATTERNS_FOR_PARSING
        if re.fullmatch(rf"\d{{2}}(?:{extension})", taken, re.IGNORECASE):
            causes.add("two-digits")
            changes.enter_context(patched("_is_viable_phone_number", lambda text: True))
        if causes:
            plain = reference(read, region)
        if plain.reason in LENGTHS.values() and plain.validity == "invalid":
            parsed = phonenumbers.parse(read, region)
            if parsed.number_of_leading_zeros is not None and parsed.number_of_leading_zeros > 10:
                parsed.number_of_leading_zeros = 10
                reason = LENGTHS[phonenumbers.is_possible_number_with_reason(parsed)]
                if reason != plain.reason:
                    causes.add("zeros")
                    plain = plain._replace(reason=reason)
    return plain, causes


def patched(name, function):
    return unittest.mock.patch.object(phonenumberutil, name, function)


def with_differences(number, region, plain):
    """The answer that is expected of septet, and the set of differences that apply."""
    if len(number.encode()) > 250:
        return unparseable("too-long"), {"too-many-bytes"}
    if ";phone-context=" in number:
        return unparseable("not-a-number"), {"phone-context"}
    plain, parser = as_parsed(number, region, plain)
    wanted, deliberate = with_deliberate(number, region, plain)
    return wanted, parser | deliberate


def with_deliberate(number, region, plain):
    """The answer with septet's deliberate differences, and the set of those that apply."""
    surplus, taken = look(number)
    plus = taken[:1] in ("+", "\uff0b")
    if plain.validity == "unparseable":
        known = region in phonenumbers.SUPPORTED_REGIONS
        if plain.reason == "unknown-calling-code" and not plus and not known:
            return plain._replace(reason="no-country"), {"no-country"}
        return plain, set()
    if plain.validity == "valid" and len(plain.e164) > 1 + 15:
        beyond = plain._replace(validity="invalid", reason="too-long", kind="unknown")
        return beyond._replace(region=None, e164=None, sms="reject", voice="reject"), {"beyond-e164"}
    extension, bare = phonenumberutil._maybe_strip_extension(taken)
    if extension and not any(character.isalpha() for character in taken[len(bare) :]):
        # Of `x #12` the reference takes the sign for the label, and leaves the letter.
        bare = re.sub(r"xt?\W*$", "", bare, flags=re.IGNORECASE)
    letters = any(character.isalpha() for character in bare)
    if plain.validity == "invalid":
        digits = sum(1 for _ in digits_of(taken))
        alone = not (plus or surplus or letters or extension)
        if region is not None and alone and 3 <= digits <= 6:
            return plain._replace(kind="short-code"), {"short-code"}
        return plain, set()
    classes = set()
    accepted = {"sms": plain.sms == "accept", "voice": plain.voice == "accept"}
    kept = len(plain.e164) - 1 + len(plain.extension or "")
    labelled = any(character.isalpha() or character in "#\uff03" for character in taken)
    for name, applies in (
        ("global-network", plain.region is None),
        ("letters", letters),
        ("surplus", surplus),
        ("long-extension", len(plain.extension or "") >= 7 and not labelled),
        ("dropped-digits", plus and sum(1 for _ in digits_of(taken)) > kept + 2),
    ):
        if applies and any(accepted.values()):
            classes.add(name)
    if classes:
        return plain._replace(sms="reject", voice="reject"), classes
    if plain.extension is not None:
        if accepted["sms"]:
            classes.add("extension")
            plain = plain._replace(sms="reject")
        if accepted["voice"] and len(plain.extension) > 15:
            classes.add("extension")
            plain = plain._replace(voice="reject")
    return plain, classes


# ---------------------------------------------------------------------------------------------- numbers


def examples(chance):
    """Yields (number, region): examples of every region, network and kind in every way of writing."""
    formats = (
        PhoneNumberFormat.E164,
        PhoneNumberFormat.INTERNATIONAL,
        PhoneNumberFormat.NATIONAL,
        PhoneNumberFormat.RFC3966,
    )
    regions = sorted(phonenumbers.SUPPORTED_REGIONS)
    found = []
    for region in regions:
        for kind in sorted(KINDS):
            found.append((phonenumbers.example_number_for_type(region, kind), region))
        found.append((phonenumbers.invalid_example_number(region), region))
    for code in sorted(phonenumbers.COUNTRY_CODES_FOR_NON_GEO_REGIONS):
        found.append((phonenumbers.example_number_for_non_geo_entity(code), None))
        plan = PhoneMetadata.metadata_for_nongeo_region(code, None)
        for kind in ("mobile", "toll_free", "premium_rate", "shared_cost", "voip", "uan", "voicemail"):
            description = getattr(plan, kind)
            if description is not None and description.example_number:
                found.append((phonenumbers.parse(f"+{code}{description.example_number}"), None))
    for number, region in found:
        if number is None:
            continue
        for form in formats:
            written = phonenumbers.format_number(number, form)
            yield written, region
            yield written, None
            yield written, chance.choice(regions)


LABELS = (" ext. {}", " x{}", "x{}", " #{}", ";ext={}", " extension {}", " доб. {}", ",,{}", " int {}",
          " anexo {}", " ~ {}", " EXT {}#", " ｅｘｔ {}")
PREFIXES = ("+", "00", "011", "0", "1", "8", "0011", "++", "tel:", "*67", "+1", "+44", "+800", "+979", "")
SIGNS = (" ", "-", ".", "(", ")", "/", "\u2010", "\u2013", "\u00a0", "\u3000", "\uff0d", "\u200b", "\u2060",
         "\u200e", "\u202a", "*", "#", "~", ";", ",", "x", "\t", "\U0001f4de", "_", ":", "'")
WORDS = ("call ", "Phone: ", "no. ", "mobile ", "\u202a", "\ufeff", "\u260e ", "#31#", "(", "<")
SCRIPTS = (0xFF10, 0x0660, 0x06F0, 0x0966, 0x09E6, 0x0E50, 0x1D7CE)


def mutate(number, region, others, chance):
    """One to three changes of one kind or another."""
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3))):
        places = [at for at, character in enumerate(number) if character.isdecimal()]
        digit = chance.choice("0123456789")
        at = chance.choice(places) if places else 0
        change = chance.randrange(18)
        if change == 0:
            number = number[:at] + digit + number[at + 1 :]
        elif change == 1:
            number = number[:at] + digit + number[at:]
        elif change == 2:
            number = number[:at] + number[at + 1 :]
        elif change == 3 and len(number) > at + 1:
            number = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
        elif change == 4:
            number = chance.choice(PREFIXES) + number.lstrip("+")
        elif change == 5:
            at = chance.randint(0, len(number))
            number = number[:at] + chance.choice(SIGNS) + number[at:]
        elif change == 6:
            number = number[:at] + chance.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZaox") + number[at + 1 :]
        elif change == 7:
            last = places[-min(len(places), chance.randint(3, 7)) :]
            keys = {place: chance.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ") for place in last}
            number = "".join(keys.get(place, character) for place, character in enumerate(number))
        elif change == 8:
            zero = chance.choice(SCRIPTS)
            number = "".join(
                chr(zero + int(unicodedata.decimal(c))) if c.isdecimal() else c for c in number
            ).replace("+", chance.choice("+\uff0b"))
        elif change == 9:
            extension = "".join(chance.choice("0123456789") for _ in range(chance.randint(1, 9)))
            if chance.random() < 0.1:
                extension = "123456789012345678901"[: chance.randint(14, 21)]
            number += chance.choice(LABELS).format(extension)
        elif change == 10:
            number += chance.choice((" / ", "/x", " / x", "\\ x", ", ", " or ", " ", "\n", ";isub="))
            number += chance.choice(others)[0]
        elif change == 11:
            number = number[: chance.randint(0, len(number))]
        elif change == 12:
            number = chance.choice(WORDS) + number
        elif change == 13:
            region = chance.choice((None, chance.choice(others)[1]))
        elif change == 14:
            number = re.sub(r"[^+0-9]", "", number)
        elif change == 15:
            number += chance.choice((" (work)", ".", "\u202c", " \U0001f4de", ";", "#", "*", "x", "@example.com",
                                     ";phone-context=+44", ";foo=bar", "\u3000" * 90, "0" * 12))
        elif change == 16:
            number += "".join(chance.choice("0123456789") for _ in range(chance.randint(1, 8)))
        else:
            number = number[-chance.randint(2, 8) :]
    return number, region


# --------------------------------------------------------------------------------------------- the table


def unescape(text):
    named = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}
    return re.sub(
        r"\\(?:u\{([0-9a-f]+)\}|([tnr\\]))",
        lambda found: chr(int(found[1], 16)) if found[1] else named[found[2]],
        text,
    )


def rows():
    """Yields (line number, input, region, answer) of the table."""
    header = None
    for at, line in enumerate(TABLE.read_text(encoding="utf-8").split("\n"), 1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if header is None:
            header = cells
            continue
        row = dict(zip(header, cells))
        given = {name: None if row[name] == "-" else row[name] for name in Answer._fields}
        yield at, unescape(row["input"]), None if row["hint"] == "-" else row["hint"], Answer(**given)


def check_table():
    bad = total = valid = 0
    classes = collections.Counter()
    for at, number, region, answer in rows():
        total += 1
        valid += answer.validity == "valid"
        plain = reference(number, region)
        wanted, reasons = with_differences(number, region, plain)
        if answer == wanted:
            if answer != plain:
                classes.update(reasons)
        else:
            bad += 1
            print(f"numbers.tsv:{at}: {number!a} {region}\n  table     {answer}\n  reference {wanted}")
    print(f"table: {total} rows, {valid} of them valid; {bad} unexplained disagreements")
    print_classes(classes)
    return bad


# ------------------------------------------------------------------------------------------------ main


def ask(binary, numbers):
    """Gives all numbers to septet in one run."""
    lines = (
        json.dumps({"number": number, **({"region": region} if region else {})})
        for number, region in numbers
    )
    command = [binary, "phone", "--input", "jsonl", "--format", "jsonl"]
    asked = "\n".join(lines) + "\n"
    try:
        run = subprocess.run(command, input=asked, stdout=subprocess.PIPE, encoding="utf-8")
    except FileNotFoundError:
        sys.exit(f"there is no {binary}; build it with: cargo build --release --features cli")
    answers = [json.loads(line) for line in run.stdout.split("\n") if line]
    if len(answers) != len(numbers):
        sys.exit(f"{len(numbers)} numbers were given, {len(answers)} answers came; status {run.returncode}")
    return answers


def understood(answer):
    """An answer of septet's, as far as it is compared: `None` for an error."""
    if "error" in answer:
        return None
    return comparable(Answer(**{name: answer.get(name) for name in Answer._fields}))


def comparable(answer):
    """Without the reason where septet's is why the number is refused, not why it is not valid."""
    told = answer.validity != "valid" and answer.kind != "short-code"
    return answer if told else answer._replace(reason=None)


def print_classes(classes):
    for title, known in (("deliberate", DELIBERATE), ("of the parser", PARSER)):
        print(f"  {title}:")
        for name, meaning in known.items():
            print(f"    {classes[name]:6}  {name}: {meaning}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("binary", nargs="?", default="target/release/septet")
    parser.add_argument("--mutations", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=10, help="how many of each class are shown")
    parser.add_argument("--table", action="store_true", help="compare tests/data/numbers.tsv as well")
    options = parser.parse_args()
    if phonenumbers.__version__ != PLANS:
        sys.exit(f"phonenumbers {phonenumbers.__version__} is here, {PLANS} is wanted")

    bad = check_table() if options.table else 0
    if options.table and not options.mutations:
        return bad > 0

    chance = random.Random(options.seed)
    numbers = list(dict.fromkeys(examples(chance)))
    written = len(numbers)
    seen = set(numbers)
    while len(numbers) < written + options.mutations:
        number = mutate(*chance.choice(numbers[:written]), numbers[:written], chance)
        if number not in seen:
            seen.add(number)
            numbers.append(number)

    agreements = accepted = false_acceptances = 0
    classes, validity = collections.Counter(), collections.Counter()
    examples_of, unexplained = collections.defaultdict(list), []
    for (number, region), said in zip(numbers, ask(options.binary, numbers)):
        answer = understood(said)
        plain = reference(number, region)
        wanted, causes = with_differences(number, region, plain)
        validity[plain.validity] += 1
        if answer is not None and "accept" in (answer.sms, answer.voice):
            accepted += 1
            false_acceptances += plain.kind in ("toll-free", "premium-rate")
        wanted = comparable(wanted)
        if answer != wanted:
            unexplained.append((number, region, said, wanted, causes))
        elif answer == plain:
            agreements += 1
        else:
            classes.update(causes)
            for cause in causes:
                examples_of[cause].append((number, region))

    explained = len(numbers) - agreements - len(unexplained)
    print(f"numbers compared: {len(numbers)} ({written} examples, {options.mutations} mutations, seed {options.seed})")
    print("  by the reference:", ", ".join(f"{validity[name]} {name}" for name in ("valid", "invalid", "unparseable")))
    print(f"agreements: {agreements}")
    print(f"disagreements with a known cause: {explained} (some have two)")
    print_classes(classes)
    print(f"unexplained disagreements: {len(unexplained)}")
    print(f"accepted for messages or calls: {accepted}")
    print(f"false acceptances of a toll-free or premium number (by the reference): {false_acceptances}")
    for cause in (*DELIBERATE, *PARSER):
        for number, region in examples_of[cause][: options.show]:
            print(f"{cause}: {number!a} {region or '-'}")
    for number, region, said, wanted, causes in unexplained[: options.show]:
        print(f"unexplained: {number!a} {region or '-'}\n  septet   {said}\n  expected {wanted} {sorted(causes)}")
    return bool(bad or unexplained or false_acceptances)


if __name__ == "__main__":
    sys.exit(main())
