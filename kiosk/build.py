"""What pip runs on installing from a checkout: setuptools' own build, and the catalogues."""

from setuptools.command.build_py import build_py

from kiosk.translations import compile_catalogues


class BuildPy(build_py):
    """Compiles .po to .mo in the checkout; an editable install reads them from there."""

    def run(self) -> None:
        compile_catalogues()
        super().run()
