"""Splink 5 on prepared columns. Run by the Python of its own environment: FOLDER no|yes OUT; imports nothing of this repository.

Blocks of EM: equal ИНН for the parts of the name, then the equal full name for all else. Not (given, patronymic): it grows without bound.
"""

import sys
from pathlib import Path

import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import Linker, SettingsCreator, block_on
from splink.internals.duckdb.database_api import DuckDBAPI


def word(column):
    """Equal (weighted by how frequent), the right initial, nearly equal, another."""
    initial = (
        f'(length("{column}_l") = 1 OR length("{column}_r") = 1) AND substr("{column}_l", 1, 1) = substr("{column}_r", 1, 1)'
    )
    return cl.CustomComparison(
        output_column_name=column,
        comparison_levels=[
            cll.NullLevel(column),
            cll.ExactMatchLevel(column, term_frequency_adjustments=True),
            cll.CustomLevel(initial, label_for_charts="initial"),
            cll.JaroWinklerLevel(column, 0.9),
            cll.ElseLevel(),
        ],
    )


def surname():
    """Equal, the former one, nearly equal, alike, another."""
    former = '"former_l" = "surname_r" OR "former_r" = "surname_l"'
    return cl.CustomComparison(
        output_column_name="surname",
        comparison_levels=[
            cll.NullLevel("surname"),
            cll.ExactMatchLevel("surname", term_frequency_adjustments=True),
            cll.CustomLevel(former, label_for_charts="former"),
            cll.JaroWinklerLevel("surname", 0.92),
            cll.JaroWinklerLevel("surname", 0.85),
            cll.ElseLevel(),
        ],
    )


def number(column, slip):
    """Equal, for ИНН one digit wrong, another. Strangers' numbers are too rarely equal for a sample, so that chance is given."""
    levels = [cll.NullLevel(column), cll.ExactMatchLevel(column).configure(u_probability=1e-6, fix_u_probability=True)]
    if slip:
        levels.append(cll.LevenshteinLevel(column, 1).configure(u_probability=1e-5, fix_u_probability=True))
    return cl.CustomComparison(output_column_name=column, comparison_levels=[*levels, cll.ElseLevel()])


def settings(births):
    """What is compared and what must be equal for a pair to be compared at all; dates of birth only where `births` is true."""
    comparisons = [surname(), word("given"), word("patronymic"), number("inn", slip=True), cl.ExactMatch("region")]
    comparisons += [number(column, slip=False) for column in ("phone", "email", "address")]
    blocks = [
        block_on("inn"),
        block_on("surname", "given"),
        block_on("surname", "substr(given, 1, 1)", "substr(patronymic, 1, 1)"),
        block_on("given", "patronymic", "substr(surname, 1, 3)"),
        "l.former = r.surname AND l.given = r.given",
        block_on("phone"),
        block_on("email"),
    ]
    if births:
        comparisons.append(cl.DateOfBirthComparison("birth_date", input_is_string=True))
        blocks.append(block_on("birth_date", "given"))
    return SettingsCreator(
        link_type="link_only",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=blocks,
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=False,
    )


def main(folder, births, out):
    """Train on the two sides and write the pairs above 0.001, with their probabilities, to a parquet file."""
    api = DuckDBAPI()
    con = api.duckdb_con
    sides = []
    for side in ("declared", "registry"):
        con.execute(f"CREATE TABLE side_{side} AS FROM read_parquet('{folder}/{side}.parquet')")
        sides.append(api.register(f"side_{side}", dataset_display_name=side))
    linker = Linker(sides, settings(births))
    linker.training.estimate_probability_two_random_records_match([block_on("inn")], recall=0.3)
    linker.training.estimate_u_using_random_sampling(max_pairs=5e6, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("inn"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("surname", "given", "patronymic"))
    predicted = linker.inference.predict(threshold_match_probability=0.001)
    con.execute(
        "COPY (SELECT CASE WHEN source_dataset_l = 'declared' THEN unique_id_l ELSE unique_id_r END AS declared_id, "
        "CASE WHEN source_dataset_l = 'declared' THEN unique_id_r ELSE unique_id_l END AS registry_inn, "
        f"match_probability AS probability FROM {predicted.physical_name}) TO '{out}' (FORMAT parquet)"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]).as_posix(), sys.argv[2] == "yes", Path(sys.argv[3]).as_posix())
