"""A kind of import contract that import-linter lacks: all that a package may import."""

import sys
from typing import TypedDict

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class Import(TypedDict):
    importer: str
    imported: str
    line_number: int


class OnlyContract(Contract):
    """A package imports itself, the standard library and what is named here, and nothing else.

    Configuration options:
        - package:          the package that is held to it
        - may_import:       packages outside the standard library that it may import
        - not_even:         modules of the standard library that it may not import (optional)
    """

    type_name = "only"

    package = fields.StringField()
    may_import = fields.SetField(subfield=fields.StringField())
    not_even = fields.SetField(subfield=fields.StringField(), required=False)

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        output.verbose_print(verbose, f"Reading every import in {self.package} ...")
        known = sys.stdlib_module_names | {"__future__"} | set(self.may_import)
        allowed = known - set(self.not_even or ())
        strays = [
            Import(
                importer=importer,
                imported=imported,
                line_number=graph.get_import_details(importer=importer, imported=imported)[0][
                    "line_number"
                ],
            )
            for importer in sorted({str(self.package), *graph.find_descendants(str(self.package))})
            for imported in sorted(graph.find_modules_directly_imported_by(importer))
            if not self._is_own(imported) and imported.split(".")[0] not in allowed
        ]
        return ContractCheck(kept=not strays, metadata={"strays": strays})

    def _is_own(self, module: str) -> bool:
        return module == self.package or module.startswith(f"{self.package}.")

    def render_broken_contract(self, check: ContractCheck) -> None:
        for stray in check.metadata["strays"]:
            output.print_error(
                f"{stray['importer']} is not allowed to import {stray['imported']} "
                f"(l.{stray['line_number']})",
                bold=False,
            )
        output.new_line()
