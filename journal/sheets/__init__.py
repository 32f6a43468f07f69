"""Questions as a sheet, out and in. Loaded when an editor asks for it, so that no parent's page pays for it."""
