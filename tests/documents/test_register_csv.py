import json

import pytest

from consultations.documents.findings import Fault, FileRefused
from consultations.documents.register_csv import MAX_COLUMNS, MAX_ROWS, read_register
from consultations.documents.register_known import Known
from consultations.documents.register_report import Organisation
from consultations.documents.register_values import MAX_FIELD_CHARS, MAX_LIST_ITEMS, judge
from consultations.documents.register_words import FIELDS, column, country_code
from consultations.documents.safe_files import _SIGNATURES as SIGNATURES
from consultations.documents.wording import FIELDS as NAMES
from consultations.documents.wording import KINDS, sentence

HEADER = "code,name,country"
FULL = (
    "code,name,country,kind,country_network,product_networks,workers_network,regional,products,weight_members,weight_volume,members,"
    "good_standing,language,delegate_name,delegate_email,alternate_name,alternate_email\n"
    "GT-1,Café Ñandú,Guatemala,OPP,CNCJ-GT,coffee; honey,RT,central,coffee;honey,1/2,1.69,120,sí,es,Ana López,"
    "ana@example.org,Luis Paz,luis@example.org\n"
)


def register(text, **options):
    return read_register(text.encode(), "register.csv", **options)


def rows(text):
    """(line, status, codes) of every row; every sentence can be said."""
    report = register(text)
    assert all(sentence(finding) for row in report.rows for finding in row.findings)
    return [(row.line, row.status, [finding.code for finding in row.findings]) for row in report.rows]


def refused(data, filename="register.csv", **options):
    with pytest.raises(FileRefused) as caught:
        read_register(data, filename, **options)
    assert all(sentence(fault) for fault in caught.value.faults)
    return [(fault.code, dict(fault.params)) for fault in caught.value.faults]


def test_a_full_row_is_an_organisation():
    report = register(FULL)
    assert report.organisations == (
        Organisation(
            "GT-1", "Café Ñandú", "GT", "spo", "CNCJ-GT", ("coffee", "honey"), "RT", "central", ("coffee", "honey"),
            {"members": "1/2", "volume": "1.69"}, 120, True, "es", "Ana López", "ana@example.org", "Luis Paz",
            "luis@example.org",
        ),
    )  # fmt: skip
    assert (report.acceptable, report.counts) == (True, {"ok": 1, "warning": 0, "error": 0, "skipped": 0})


def test_only_code_name_and_country_are_needed():
    assert register(f"{HEADER}\nA,B,GT\n").organisations == (Organisation("A", "B", "GT"),)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_separator_mark_and_line_ends(separator, mark, end):
    text = mark + end.join(separator.join(cells) for cells in (["code", "name", "country"], ["A", "B", "GT"]))
    assert register(text).organisations == (Organisation("A", "B", "GT"),)


def test_lists_inside_a_semicolon_file_are_quoted():
    report = register('code;name;country;products\nA;B;GT;"coffee;honey;coffee"\n')
    assert report.organisations[0].products == ("coffee", "honey")


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Code", "code"), ("CÓDIGO", "code"), (" Nombre ", "name"), ("País", "country"), ("pais", "country"),
        ("Delegate e-mail", None), ("delegate email", "delegate_email"), ("Correo del delegado", "delegate_email"),
        ("good-standing", "good_standing"), ("Al día", "good_standing"), ("weight_volume", "weight_volume"),
        ("Peso volumen", "weight_volumen"), ("weight_", None), ("phone", None), ("networks", "networks"),
        ("Redes", "networks"), ("Redes y productos", "networks"), ("Réseaux", "networks"), ("Redes de producto", "product_networks"),
        ("Red de trabajadores", "workers_network"), ("Nome", "name"), ("Pays", "country"),
        ("Correo suplente", "alternate_email"), ("E-mail delegado", None), ("Email delegado", "delegate_email"),
        ("Nom délégué", "delegate_name"), ("Courriel suppléant", "alternate_email"), ("Em dia", "good_standing"),
    ],
)  # fmt: skip
def test_names_of_columns(header, field):
    assert column(header) == field


def test_every_field_has_its_own_name_as_a_column():
    assert [column(field) for field in FIELDS] == list(FIELDS)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("GT", "GT"), ("gt", "GT"), ("Guatemala", "GT"), ("México", "MX"), ("mexico", "MX"), ("Brasil", "BR"),
        ("Brazil", "BR"), ("Brésil", "BR"), ("República Dominicana", "DO"), ("Haïti", "HT"), ("Etats-Unis", "US"),
        ("Perú", "PE"), ("Pérou", "PE"), ("ZZ", None), ("EU", None), ("XA", None), ("Atlantis", None), ("GTM", None),
    ],
)  # fmt: skip
def test_countries(text, code):
    assert country_code(text) == code


JUDGED = [
    ("kind", "OPP", "spo", []),
    ("kind", "Small producers' organisation", "spo", []),
    ("kind", "Segundo grado", "spo_second_grade", []),
    ("kind", "Trabajadores", "workers", []),
    ("kind", "travailleurs", "workers", []),
    ("kind", "company", None, ["unknown_kind"]),
    ("good_standing", "SÍ", True, []),
    ("good_standing", "sim", True, []),
    ("good_standing", "oui", True, []),
    ("good_standing", "1", True, []),
    ("good_standing", "não", False, []),
    ("good_standing", "non", False, []),
    ("good_standing", "FALSE", False, []),
    ("good_standing", "0", False, []),
    ("good_standing", "maybe", None, ["bad_yes_no"]),
    ("weight_a", "3", "3", []),
    ("weight_a", "1.690", "1.690", []),
    ("weight_a", "1/3", "1/3", []),
    ("weight_a", "0", None, ["bad_weight"]),
    ("weight_a", "0.000", None, ["bad_weight"]),
    ("weight_a", "0/3", None, ["bad_weight"]),
    ("weight_a", "1/0", None, ["bad_weight"]),
    ("weight_a", "-1", None, ["bad_weight"]),
    ("weight_a", "1,5", None, ["bad_weight"]),
    ("weight_a", "1e3", None, ["bad_weight"]),
    ("weight_a", "nan", None, ["bad_weight"]),
    ("weight_a", "٣", None, ["bad_weight"]),
    ("weight_a", "", None, []),
    ("weight_a", "-", "-", []),
    ("weight_a", "--", None, ["bad_weight"]),
    ("members", "120", 120, []),
    ("members", "0", 0, []),
    ("members", "10000000", 10_000_000, []),
    ("members", "10000001", None, ["bad_members"]),
    ("members", "1.200", None, ["bad_members"]),
    ("members", "-5", None, ["bad_members"]),
    ("language", "Español", "es", []),
    ("language", "PT", "pt", []),
    ("language", "de", None, ["unknown_language"]),
    ("delegate_email", "ana@Example.ORG", "ana@example.org", []),
    ("delegate_email", "ana@", None, ["bad_email"]),
    ("delegate_email", "a@b.org, c@d.org", None, ["bad_email"]),
    ("name", "=1+1", None, ["formula_cell"]),
    ("name", "@SUM(A1)", None, ["formula_cell"]),
    ("name", "+502 1234", None, ["formula_cell"]),
    ("name", "-x", None, ["formula_cell"]),
    ("name", " =1", None, ["formula_cell"]),
    ("products", "coffee;=1", None, ["formula_cell"]),
    ("name", "A=B", "A=B", []),
    ("name", "<b>A</b>", "<b>A</b>", []),
    ("name", "تعاونية", "تعاونية", []),
    ("name", "a\u202eb", None, ["forbidden_character"]),
    ("name", "a\u2066b", None, ["forbidden_character"]),
    ("name", "a\x07b", None, ["forbidden_character"]),
    ("name", "a\nb", None, ["forbidden_character"]),
    ("name", "  Asociacio\u0301n\u00a0X ", "Asociación X", []),
    ("name", "x" * MAX_FIELD_CHARS, "x" * MAX_FIELD_CHARS, []),
    ("name", "x" * (MAX_FIELD_CHARS + 1), None, ["cell_too_long"]),
    ("name", "=" + "\x07" * 10_000, None, ["cell_too_long", "forbidden_character", "formula_cell"]),
    ("products", ";".join(map(str, range(MAX_LIST_ITEMS))), tuple(map(str, range(MAX_LIST_ITEMS))), []),
    ("products", ";".join(map(str, range(MAX_LIST_ITEMS + 1))), None, ["cell_too_long"]),
]


@pytest.mark.parametrize(("field", "raw", "value", "found"), JUDGED)
def test_a_cell(field, raw, value, found):
    assert judge(field, raw) == (value, found)


ROWS = [
    ("A,B,GT\n\nC,D,GT\n", [(2, "ok", []), (3, "skipped", ["empty_row"]), (4, "ok", [])]),
    ("A,B,GT\n,,\n", [(2, "ok", []), (3, "skipped", ["empty_row"])]),
    ("A,B,GT\na,C,GT\n", [(2, "ok", []), (3, "error", ["duplicate_code"])]),
    ("A,B\n", [(2, "error", ["ragged_row"])]),
    ("A,B,GT,x\n", [(2, "error", ["ragged_row"])]),
    ("A,B,GT,,\n", [(2, "ok", [])]),
    (",,GT\n", [(2, "error", ["missing_value", "missing_value"])]),
    ("=1,@x,Atlantis\n", [(2, "error", ["formula_cell", "formula_cell", "unknown_country"])]),
    ('A,"B\nB",GT\nC,D,GT\n', [(2, "error", ["forbidden_character"]), (4, "ok", [])]),
    ('A,"B, ""C""",GT\n', [(2, "ok", [])]),
]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_every_row_has_its_line_and_all_its_reasons(text, expected):
    assert rows(f"{HEADER}\n{text}") == expected


PEOPLE = "code,name,country,delegate_name,delegate_email,alternate_name,alternate_email"


KNOWN = Known(
    networks={
        "cn-gt": frozenset({"country"}), "coordinadora de guatemala": frozenset({"country"}), "cn-hn": frozenset({"country"}),
        "cafe": frozenset({"product"}), "miel": frozenset({"product"}), "rt": frozenset({"workers"}),
        "norte": frozenset({"regional"}), "sur": frozenset({"regional", "product"}),
    },
    members=frozenset({"old"}),
    people={"ana@example.org": "Ana Díaz"},
)  # fmt: skip


def judged(text, known=KNOWN):
    report = read_register(text.encode(), "r.csv", known=known)
    assert all(sentence(finding) for row in report.rows for finding in row.findings)
    return report


def test_networks_in_one_column_go_where_their_kind_belongs():
    one = judged(
        "code,name,country,redes\nA,B,GT,Coordinadora de Guatemala;Café;RT;miel;norte\n"
    ).organisations[0]
    assert (one.country_network, one.product_networks, one.workers_network, one.regional) == (
        "Coordinadora de Guatemala", ("Café", "miel"), "RT", "norte",
    )  # fmt: skip


def test_networks_in_one_column_join_those_that_have_their_own():
    row = "code,name,country,networks,product_networks,country_network\nA,B,GT,cafe;cn-gt,Miel,CN-GT\n"
    one = judged(row).organisations[0]
    assert (one.country_network, one.product_networks) == ("CN-GT", ("Miel", "cafe"))


NETWORKS = "code,name,country,networks,country_network"


@pytest.mark.parametrize(
    ("text", "status", "expected"),
    [
        ("A,B,GT,cafe,", "ok", []),
        ("A,B,GT,Cacao,", "error", [("unknown_network", {"network": "Cacao"})]),
        ("A,B,GT,sur,", "error", [("ambiguous_network", {"network": "sur"})]),
        ("A,B,GT,cn-gt;cn-hn,", "error",
         [("second_network", {"column": "country_network", "first": "cn-gt", "network": "cn-hn"})]),
        ("A,B,GT,cn-gt,CN-HN", "error",
         [("second_network", {"column": "country_network", "first": "CN-HN", "network": "cn-gt"})]),
        ("A,B,GT,,Costa", "warning", [("new_network", {"column": "country_network", "network": "Costa"})]),
        ("A,B,GT,,cafe", "warning", [("new_network", {"column": "country_network", "network": "cafe"})]),
        ("A,B,GT,,", "warning", [("no_network", {})]),
        ("OLD,B,GT,,", "ok", []),
    ],
)  # fmt: skip
def test_networks_of_a_row(text, status, expected):
    row = judged(f"{NETWORKS}\n{text}\n").rows[0]
    assert (row.status, [(one.code, dict(one.params)) for one in row.findings]) == (status, expected)


def test_an_unknown_network_is_named_beside_everything_else_that_is_wrong():
    row = judged(f"{NETWORKS}\n,B,Atlantis,cafe;Cacao,Costa\n").rows[0]
    assert [finding.code for finding in row.findings] == [
        "missing_value", "unknown_country", "unknown_network", "new_network",
    ]  # fmt: skip


def test_a_new_network_is_doubted_once_on_the_line_that_names_it_first():
    report = judged(f"{NETWORKS}\nA,B,GT,,Costa\nC,D,GT,,COSTA\n")
    assert [(row.line, row.status) for row in report.rows] == [(2, "warning"), (3, "ok")]


def test_without_the_register_a_column_of_mixed_networks_has_no_kinds():
    assert rows(f"{NETWORKS}\nA,B,GT,cafe,\nC,D,GT,,Costa\n") == [
        (2, "error", ["unknown_network"]), (3, "ok", []),
    ]  # fmt: skip


def test_a_person_on_record_keeps_their_name_and_the_file_is_told_so():
    people = "code,name,country,red,delegate_name,delegate_email"
    report = judged(f"{people}\nA,B,GT,cafe,Ana Ruiz,ANA@example.org\nC,D,GT,cafe,Ana Díaz,eva@example.org\n")
    assert [sentence(finding) for row in report.rows for finding in row.findings] == [
        "Line 2: ANA@example.org is on record as Ana Díaz and keeps that name; “Ana Ruiz” is not taken."
    ]


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("A,Flor,Atlantis\n", "Flor"),
        ("A,,GT\n", "A"),
        ("A,Flor\n", "Flor"),
        (",,GT\n", ""),
        ("A,x\x07y,GT\n", "xy"),
    ],
)
def test_a_row_in_error_is_known_by_its_name_or_code(text, called):
    row = register(f"{HEADER}\n{text}").rows[0]
    assert (row.status, row.called, row.organisation) == ("error", called, None)


@pytest.mark.parametrize(
    ("finding", "said"),
    [
        (Fault("missing_value", None, {"column": "code"}), "Code is empty. Fill it in."),
        (Fault("bad_weight", None, {"column": "weight_members", "text": "x"}), "Weight (members) must be more than 0, written 3, 1.69 or 1/2 (a dot, no comma), not “x”."),
        (Fault("missing_column", None, {"column": "code"}), "The column code is missing. The register needs code, name and country."),
        (Fault("wrong_type", None, {"kind": "image"}), "The content is of another type (a picture), whatever the name says. Save it as Word .docx or Markdown for a standard, as CSV for a register."),
    ],
)  # fmt: skip
def test_codes_in_a_sentence_are_put_into_words(finding, said):
    assert sentence(finding) == said


def test_every_kind_of_file_and_every_field_has_its_words():
    kinds = {kind for _, kind in SIGNATURES} | {"markup", "text"}
    assert (kinds - {"ole"} - KINDS.keys(), set(FIELDS) ^ NAMES.keys()) == (set(), set())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A,B,GT,N,n@e.org,,\nC,D,GT,N,N@e.org,,\n", [(2, "ok", []), (3, "warning", ["shared_email"])]),
        ("A,B,GT,N,n@e.org,,\nC,D,GT,,,N,n@e.org\n", [(2, "ok", []), (3, "warning", ["shared_email"])]),
        ("A,B,GT,N,n@e.org,N,n@e.org\n", [(2, "warning", ["same_person"])]),
        ("A,B,GT,N,,,\n", [(2, "warning", ["person_without_email"])]),
        ("A,B,GT,,n@e.org,,\n", [(2, "warning", ["person_without_name"])]),
    ],
)
def test_people(text, expected):
    assert rows(f"{PEOPLE}\n{text}") == expected
    assert register(f"{PEOPLE}\n{text}").acceptable is True


def test_one_bad_row_and_nothing_is_imported():
    report = register(f"{HEADER}\nA,B,GT\nC,D,Atlantis\n")
    assert (report.acceptable, report.organisations) == (False, ())
    assert report.counts == {"ok": 1, "warning": 0, "error": 1, "skipped": 0}


def test_a_duplicate_names_the_first_line():
    finding = register(f"{HEADER}\nA,B,GT\nX,Y,GT\nA,C,GT\n").rows[2].findings[0]
    assert (
        sentence(finding) == "Line 4: The code A already stands on line 2. Every organisation needs its own."
    )


def test_an_unknown_column_is_left_out_with_a_doubt():
    report = register("code,name,country,fax\nA,B,GT,1\n")
    assert [(d.code, d.place.index, d.params) for d in report.doubts] == [
        ("column_ignored", 4, {"column": "fax"})
    ]
    assert report.acceptable is True


REFUSED = [
    (b"", [("empty_file", {})]),
    (b"\n \n", [("empty_file", {})]),
    (
        b"name,kind\nA,spo\n",
        [("missing_column", {"column": "code"}), ("missing_column", {"column": "country"})],
    ),
    (b"code,name,country,Code\nA,B,GT,A\n", [("double_column", {"column": "code"})]),
    (b"code,name,country\n", [("no_rows", {})]),
    (b"code,name,country\n,,\n", [("no_rows", {})]),
    (b'code,name,country\nA,"B,GT\n', [("broken_csv", {})]),
    (b"PK\x03\x04xlsx", [("wrong_type", {"kind": "zip"})]),
    (b"<html><table>", [("wrong_type", {"kind": "markup"})]),
    (
        "code,name,country\nA,Ñ,GT\n".encode("cp1252"),
        [("not_utf8", {"offset": 20, "line": 2, "byte": "0xD1"})],
    ),
    ("code,name".encode("utf-16"), [("utf16", {})]),
    (b"code,name,country\nA,\x00,GT\n", [("nul_bytes", {"offset": 20, "line": 2})]),
    (b"a" * 50 * 1024 * 1024, [("file_too_large", {"size": 50, "limit": 20})]),
    (b"code,name,country" + b"," * MAX_COLUMNS + b"\nA", [("too_many_columns", {"limit": MAX_COLUMNS})]),
    (b"code,name,country\n" + b"A,B,GT\n" * (MAX_ROWS + 1), [("too_many_rows", {"limit": MAX_ROWS})]),
    (b"code,name,country\nA," + b"x" * 200_000 + b",GT\n", [("broken_csv", {})]),
]


@pytest.mark.parametrize(("data", "expected"), REFUSED, ids=range(len(REFUSED)))
def test_a_file_that_is_no_register_is_refused(data, expected):
    assert refused(data) == expected


def test_the_largest_register_is_read():
    report = register(f"{HEADER}\n" + "".join(f"A{i},B,GT\n" for i in range(MAX_ROWS)))
    assert (len(report.organisations), report.acceptable) == (MAX_ROWS, True)


def test_another_encoding_must_be_asked_for():
    data = "code,name,country\nA,Ñandú “x”,GT\n".encode("cp1252")
    assert read_register(data, "r.csv", encoding="cp1252").organisations[0].name == "Ñandú “x”"
    assert refused(data, encoding="latin-9") == [("unknown_encoding", {"encoding": "latin-9"})]
    assert refused(b"code,name,country\nA,\x81,GT\n", encoding="cp1252") == [
        ("not_decodable", {"encoding": "cp1252", "offset": 20, "line": 2})
    ]


def test_a_long_file_name_is_refused():
    assert refused(b"code", "r" * 256) == [("name_too_long", {"limit": 255})]


def test_the_report_is_json():
    told = json.loads(json.dumps(register(FULL + "X,Y,Atlantis" + "," * 15 + "\n").to_dict()))
    assert (told["acceptable"], told["counts"]["error"], told["rows"][1]["line"]) == (False, 1, 3)
    assert told["rows"][0]["organisation"]["weights"] == {"members": "1/2", "volume": "1.69"}
    assert told["rows"][1]["findings"] == [
        {
            "code": "unknown_country",
            "place": {"unit": "line", "index": 3},
            "params": {"column": "country", "text": "Atlantis"},
        }
    ]
