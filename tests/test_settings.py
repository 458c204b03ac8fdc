"""`affil.toml`: defaults written out once, faults named by file, key, found and expected (CONTRACT 1)."""

import re
import tomllib
from pathlib import Path

import pytest

from affil.errors import SettingsError
from affil.settings import FILE_NAME, Settings, default_settings, default_toml, filled_toml, load_settings
from affil.words import LANGUAGES, Words


def check_digit(nine: str) -> int:
    """ФНС order ЕД-7-14/559@, written down anew."""
    weights = (2, 4, 10, 3, 5, 9, 4, 6, 8)
    return sum(weight * int(digit) for weight, digit in zip(weights, nine, strict=True)) % 11 % 10


INN = "540000001" + str(check_digit("540000001"))


def written(folder: Path, text: str) -> Path:
    (folder / FILE_NAME).write_text(text, encoding="utf-8")
    return folder


def refusal(folder: Path, text: str) -> str:
    with pytest.raises(SettingsError) as caught:
        load_settings(written(folder, text))
    return str(caught.value)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_fresh_file_loads_to_the_defaults(tmp_path: Path, lang: str) -> None:
    assert load_settings(written(tmp_path, default_toml(lang))) == default_settings(lang)


def test_the_defaults_are_what_the_references_say() -> None:
    """OFFICER 8 (plan, December 100), LAW E.2 to E.5 (dates), OFFICER 7 (no basis for workers), 152-ФЗ ст. 21 (30 days)."""
    settings = default_settings()
    assert settings.language == "ru"
    assert settings.plan.by_month == (0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 100)
    assert settings.plan.headcount is None
    assert (settings.organisation.name, settings.organisation.inn, settings.organisation.region_code) == (None, None, None)
    assert (settings.purchases.customers, settings.purchases.organisers) == ((), ())
    thresholds = settings.thresholds
    assert (thresholds.nil_statement_coverage, thresholds.stale_questionnaire_months, thresholds.tie_window_months) == (
        0.9,
        12,
        12,
    )
    assert settings.legal_basis.person.of("worker") is None
    assert settings.legal_basis.relatives.of("worker") is None
    assert "25-ФЗ" in (settings.legal_basis.person.of("municipal servant") or "")
    assert settings.legal_basis.person.of(None) is None
    assert (settings.retention.candidate_days, settings.retention.relative_days) == (30, 30)
    assert (settings.calendar.yearly_analysis_by, settings.calendar.contract_lists_day) == ("20.09", 5)


def test_both_languages_write_out_the_same_values() -> None:
    russian, english = (default_settings(lang) for lang in LANGUAGES)
    assert russian.deciding_values() == english.deciding_values()
    assert (russian.language, english.language) == ("ru", "en")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_section_of_the_fresh_file_is_commented_and_complete(lang: str) -> None:
    text = default_toml(lang)
    for section in re.finditer(r"^\[", text, re.MULTILINE):
        assert text[: section.start()].rstrip("\n").rsplit("\n", 1)[-1].startswith("#")
    assert set(tomllib.loads(text)) == set(Settings.model_fields)


def test_the_example_inn_in_the_comments_is_a_right_one(tmp_path: Path) -> None:
    for lang in LANGUAGES:
        for inn in re.findall(r'\["([0-9]+)"\]', default_toml(lang)):
            assert check_digit(inn[:9]) == int(inn[9])


def test_what_is_left_out_has_its_default(tmp_path: Path) -> None:
    settings = load_settings(written(tmp_path, f'[organisation]\ninn = "{INN}"\n[legal_basis.relatives]\nworker = "согласие"\n'))
    assert settings.organisation.inn == INN
    assert settings.organisation.region_code == "54"
    assert settings.legal_basis.relatives.of("worker") == "согласие"
    assert settings.legal_basis.relatives.of("deputy") == default_settings().legal_basis.relatives.of("deputy")
    assert settings.plan == default_settings().plan


def test_an_entered_region_outweighs_the_inn(tmp_path: Path) -> None:
    assert load_settings(written(tmp_path, f'[organisation]\ninn = "{INN}"\nregion = "70"\n')).organisation.region_code == "70"


def test_an_empty_file_is_all_defaults_and_notepads_bom_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"\xef\xbb\xbf")
    assert load_settings(tmp_path) == default_settings()
    (tmp_path / FILE_NAME).write_bytes(b"\xef\xbb\xbf" + default_toml("ru").replace("\n", "\r\n").encode())
    assert load_settings(tmp_path) == default_settings()


@pytest.mark.parametrize(
    ("text", "setting", "found", "expected"),
    [
        ('language = "de"', "language", "'de'", "language"),
        ('[organisation]\ninn = "5400000000"', "organisation.inn", "'5400000000'", "inn_organisation"),
        ("[organisation]\ninn = 5400000000", "organisation.inn", "5400000000", "inn_organisation"),
        ('[organisation]\nregion = "154"', "organisation.region", "'154'", "region"),
        ('[purchases]\ncustomers = ["12"]', "purchases.customers.0", "'12'", "inn_organisation"),
        ("[plan]\nby_month = [0, 10]", "plan.by_month", "[0, 10]", "by_month"),
        ("[plan]\nby_month = [9, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9]", "plan.by_month", "[9, 1, ", "by_month"),
        ("[plan]\nheadcount = -1", "plan.headcount", "-1", "whole_number"),
        ('[plan]\nheadcount = "57"', "plan.headcount", "'57'", "whole_number"),
        ("[plan]\nheadcount = false", "plan.headcount", "False", "whole_number"),
        ('[plan]\ncounts = "some"', "plan.counts", "'some'", "counts"),
        ("[thresholds]\nnil_statement_coverage = 90", "thresholds.nil_statement_coverage", "90", "part"),
        ("[thresholds]\nnil_statement_coverage = nan", "thresholds.nil_statement_coverage", "nan", "part"),
        ("[thresholds]\ntie_window_months = 0", "thresholds.tie_window_months", "0", "positive_number"),
        ("[retention]\ncandidate_days = 1.5", "retention.candidate_days", "1.5", "whole_number"),
        ('[calendar]\nyearly_report_by = "30.02"', "calendar.yearly_report_by", "'30.02'", "day_month"),
        ("[calendar]\ncontract_lists_day = 31", "calendar.contract_lists_day", "31", "month_day"),
        ("[legal_basis.person]\nworker = 1", "legal_basis.person.worker", "1", "text"),
        ('plan = "no"', "plan", "'no'", "table"),
    ],
)
def test_a_fault_names_file_setting_what_was_found_and_what_was_expected(
    tmp_path: Path, text: str, setting: str, found: str, expected: str
) -> None:
    said = refusal(tmp_path, text)
    for part in (str(tmp_path / FILE_NAME), f"{setting}:", found, Words("ru")(f"settings.expected.{expected}")):
        assert part in said
    assert "\n" not in said


def test_a_fault_is_told_in_the_language_of_the_file(tmp_path: Path) -> None:
    assert "expected" in refusal(tmp_path, 'language = "en"\n[plan]\ncounts = "some"')


def test_an_unknown_setting_lists_the_allowed_ones(tmp_path: Path) -> None:
    said = refusal(tmp_path, "[plan]\nmonths = 1")
    assert "plan.months" in said
    assert "by_month, headcount, counts" in said
    assert "legal_basis" in refusal(tmp_path, "surprise = 1")


@pytest.mark.parametrize("content", [b"language = ", "name = 'Управа'".encode("cp1251"), b"a = " + b"[" * 5000])
def test_a_file_that_is_no_toml_is_told_in_one_line(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    with pytest.raises(SettingsError, match=re.escape(str(tmp_path / FILE_NAME))) as caught:
        load_settings(tmp_path)
    assert "\n" not in str(caught.value)


def test_a_missing_or_unreadable_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="affil init"):
        load_settings(tmp_path)
    (tmp_path / FILE_NAME).mkdir()
    with pytest.raises(SettingsError, match=re.escape(str(tmp_path / FILE_NAME))):
        load_settings(tmp_path)


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        default_settings().plan.counts = "full"  # type: ignore[misc]


def test_the_language_does_not_decide_a_run() -> None:
    """CONTRACT 4: `--lang` does not count in the hash of a run."""
    assert "language" not in default_settings().deciding_values()
    assert default_settings().as_values()["language"] == "ru"


def test_what_no_document_of_a_run_prints_makes_no_other_run(tmp_path: Path) -> None:
    told = '[organisation]\naddress = "Заречный, ул. Советская, 1"\n[personal_data]\nprocessors = "не поручается"\n'
    settings = load_settings(written(tmp_path, told))
    assert (settings.organisation.address, settings.personal_data.processors) == ("Заречный, ул. Советская, 1", "не поручается")
    assert settings.as_values() == default_settings().as_values()


def test_the_catalogue_has_the_same_keys_in_both_languages() -> None:
    for topic in ("settings", "workspace"):
        folder = Path(__file__).parents[1] / "affil/words"
        russian, english = (tomllib.loads((folder / lang / f"{topic}.toml").read_text(encoding="utf-8")) for lang in LANGUAGES)
        assert {key: set(re.findall(r"\{(\w+)\}", str(value))) for key, value in russian.items()} == {
            key: set(re.findall(r"\{(\w+)\}", str(value))) for key, value in english.items()
        }


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_a_fresh_file_is_filled_in_where_it_stands(lang: str, tmp_path: Path) -> None:
    values = {"organisation": {"name": 'Округ "Заречный"'}, "plan": {"headcount": 60}, "purchases": {"customers": ["4299618729"]}}
    text = filled_toml(lang, values)
    (tmp_path / "affil.toml").write_text(text, encoding="utf-8")
    settings = load_settings(tmp_path)
    assert (settings.organisation.name, settings.plan.headcount) == ('Округ "Заречный"', 60)
    assert settings.purchases.customers == ("4299618729",)
    assert text.count("\n") == default_toml(lang).count("\n")
    with pytest.raises(KeyError):
        filled_toml(lang, {"organisation": {"shoe_size": 44}})


REVIEWERS = """
[review]
four_eyes = true
[[review.reviewers]]
name = "Петрова Анна Борисовна"
employee_id = "00012"
[[review.reviewers]]
name = "Седов Игорь Львович"
"""


def test_reviewers_are_written_a_section_each_and_two_are_asked_for_only_where_two_decide(tmp_path: Path) -> None:
    review = load_settings(written(tmp_path, REVIEWERS)).review
    assert [(one.name, one.employee_id) for one in review.reviewers] == [
        ("Петрова Анна Борисовна", "00012"), ("Седов Игорь Львович", None),
    ]  # fmt: skip
    assert review.agreeing == review.reviewers
    one_enough = load_settings(written(tmp_path, REVIEWERS.replace("true", "false"))).review
    assert one_enough.agreeing is None
    fresh = default_toml("ru") + REVIEWERS.partition("four_eyes = true")[2]
    assert len(load_settings(written(tmp_path, fresh)).review.reviewers) == 2, "put at the end of the fresh file"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[review]\nfour_eyes = true\n", "review.reviewers: найдено ()"),
        (REVIEWERS.partition("[[review.reviewers]]\nname = \"Седов")[0], "при four_eyes = true не меньше двух"),
        (REVIEWERS.replace("Седов Игорь Львович", "ПЕТРОВА  Анна Борисовна"), "без повторов"),
        (REVIEWERS.replace("true", "1"), "review.four_eyes: найдено 1; ожидалось: true или false"),
        (REVIEWERS.replace("employee_id", "number"), "такой настройки нет; допустимы: name, employee_id"),
        (REVIEWERS.replace("four_eyes", "two"), "review.two: такой настройки нет; допустимы: four_eyes, reviewers"),
    ],
)  # fmt: skip
def test_faults_in_the_reviewers_are_named(tmp_path: Path, text: str, said: str) -> None:
    assert said in refusal(tmp_path, text)
