"""Sharing, told as steps in any order, against a model of plain Python sets."""
