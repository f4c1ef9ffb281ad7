"""Static files under names that change with their content."""

from functools import cached_property

from django.conf import settings
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage with cached URLs, which it would compute at each use, some thirty times per page.

    The URLs come from one manifest, which a process reads when it starts.
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
        """Write the manifest of the collected files, and drop the cached URLs, which have changed."""
        super().save_manifest()
        self.addresses.clear()
