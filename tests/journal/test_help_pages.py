"""Being written now by the helper for weeks, Today, guide and help (a claim, so that two do not write the same)."""
