"""Who is who: rows that belong to an official, records that are certainly one person, and suppositions with their probability."""
