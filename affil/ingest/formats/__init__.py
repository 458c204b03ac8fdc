"""What files are made of: archives, workbooks, text, XML. Nothing here knows what a record means."""
