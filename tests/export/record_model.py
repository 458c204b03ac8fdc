"""Write `ftm_model.json` anew from the library itself, for a version that is newer: `python tests/export/record_model.py`."""

from __future__ import annotations

import json
from pathlib import Path

USED = (
    "CallForTenders", "Company", "Contract", "ContractAward", "Directorship", "Document", "Employment", "Family", "LegalEntity",
    "Membership", "Organization", "Ownership", "Person", "PublicBody", "Similar", "Succession", "UnknownLink",
)  # fmt: skip


def main() -> None:
    from followthemoney import model

    told = {}
    for name in USED:
        schema = model.get(name)
        properties = {
            prop.name: {"type": prop.type.name, "range": prop.range.name if prop.range else ""}
            for prop in sorted(schema.properties.values(), key=lambda prop: prop.name)
            if not prop.stub
        }
        told[name] = {"is_a": sorted(schema.names), "required": sorted(schema.required), "properties": properties}
    text = json.dumps(told, indent=None, sort_keys=True, separators=(",", ":")).replace('},"', '},\n"')
    Path(__file__).with_name("ftm_model.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
