"""A plugin of pytest: one condition of one module is switched off before Django reads it. See test_access_rules.py."""

import importlib.machinery
import os
import sys

from tests.reliability.conditions import without


class Without(importlib.machinery.SourceFileLoader):
    """Loads a module with one of its conditions switched off, whatever is cached."""

    number = 0

    def get_code(self, fullname):
        return compile(without(fullname.rpartition(".")[2], self.number), self.path, "exec", dont_inherit=True)


class Finder:
    def __init__(self, module, number):
        self.module, self.number = f"journal.models.{module}", number

    def find_spec(self, fullname, path=None, target=None):
        if fullname != self.module:
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path, target)
        spec.loader = Without(fullname, spec.origin)
        spec.loader.number = self.number
        return spec


switched_off = os.environ.get("SWITCHED_OFF", "")
if switched_off:
    module, _, number = switched_off.partition(":")
    sys.meta_path.insert(0, Finder(module, int(number)))
