"""How the fictional district is made: numbers, names, people, registry, purchases, sheets, and the list of what is planted."""
