"""The log of who ran, loaded, looked at and decided what: append-only, hash-chained, without personal data.

What an entry may hold, and why. The log outlives the data it speaks of: after `affil purge` it is still there, whole, and may
then say nothing of whom. So it holds only what nobody can turn back into a person, even one who holds a list of candidates:

- counts, days, names of commands, kinds of files, the options a command was given, exit codes;
- ids of runs (`R-…`, a hash over all records at once) and names of run folders (a time and that hash);
- SHA-256 of whole files, marked `sha256:`: who can compute it holds the file already, and with it all that stands in it;
- number and hash of the last entry of the decision log, whose entries are salted: a decision cut off its end is told by that;
- numbers of entries of the decision log, which are places in a list;
- random person numbers (`P-…`). Only the table `person_number` tells whom they mean; purge deletes its row.

It never holds a name, an ИНН, an employee's number, the number of a contract or a procurement, the name or path of a file or a
hash of it (by that the store knows a file it could not read), or the text of an error, for an error quotes what it met. Nor ids
of findings (`F-…`), ties (`T-…`) and identities (`M-…`): those are plain hashes of an official's key and a supplier, or of two
references; whoever has lists of both tries all pairs in seconds. That is why a look at a finding is logged as a look at the
persons on its path.

A candidate checked from a file is not kept by the program, so he gets no number either: `person_number` would keep his name
longer than anything else does. The log has that a candidate was looked at, and the hash of the file.

Who is noted: everybody a command shows, decides on or names in a letter, as far as the store knows him. A run and its documents are
about everybody and name nobody here. Of an entry past its term only the last one's number and hash stay (affil/audit/cut.py).

The officer himself stands in `who`, by name: to say who did it is what the log is for.

`affil/audit/body.py` refuses what is not of these forms, so a command cannot put a name in by mistake.
"""
