"""My data: the journal on its way out as files, and a file of it on its way in."""
