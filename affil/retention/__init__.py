"""How long personal data are kept: whose term is over, who is held, and destroying what is (152-ФЗ ст. 5 ч. 7, ст. 21)."""
