"""logic-v2 on pairs of names of persons. Run by the Python of its own environment: PAIRS.json SCORES.json; imports nothing of this repository."""

import json
import sys
from pathlib import Path

from followthemoney import EntityProxy
from nomenklatura.matching import ScoringConfig, get_algorithm


def person(number, name):
    """A person of Follow the Money who has this name and nothing else."""
    return EntityProxy.from_dict({"id": number, "schema": "Person", "properties": {"name": [name]}}, cleaned=False)


def main(asked, told):
    """Write a score in [0, 1] for each pair of names asked, in the order asked."""
    algorithm, config = get_algorithm("logic-v2"), ScoringConfig.defaults()
    pairs = json.loads(asked.read_text(encoding="utf-8"))
    told.write_text(
        json.dumps([algorithm.compare(person("a", one), person("b", other), config).score for one, other in pairs]),
        encoding="utf-8",
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
