"""Static files under names that change with their content."""

from functools import cached_property

from django.conf import settings
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """WhiteNoise's, which works an address out each time that a page names it, some thirty times a page.

    The addresses are those of one manifest, which a process reads when it starts.
    """

    @cached_property
    def addresses(self) -> dict[str, str]:
        return {}

    def url(self, name: str, force: bool = False) -> str:
        if settings.DEBUG or force:
            return super().url(name, force)
        if (address := self.addresses.get(name)) is None:
            address = self.addresses[name] = super().url(name)
        return address

    def save_manifest(self) -> None:
        """Write the names of what was collected: from here on addresses are others."""
        super().save_manifest()
        self.addresses.clear()
