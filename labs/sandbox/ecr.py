"""An ECR that scans what is pushed, and tells one image from another."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from moto.ecr import urls
from moto.ecr.exceptions import RepositoryNotFoundException
from moto.ecr.models import ECRBackend, Image

_SCANNED = {"status": "COMPLETE", "description": "The scan was completed successfully."}


class PracticeEcr(ECRBackend):
    """An ECR whose digests follow from the manifest, as in a registry, and not from its layers."""

    @property
    def _url_module(self) -> Any:  # Any: so declared by moto
        """Stay at moto's addresses, which it would look for next to this file."""
        return urls

    def put_image(
        self,
        repository_name: str,
        image_manifest: str,
        image_tag: str,
        image_manifest_mediatype: str | None = None,
        digest: str | None = None,
    ) -> Image:
        """Take an image, and scan it where the repository says so."""
        if repository_name not in self.repositories:
            raise RepositoryNotFoundException(repository_name, self.account_id)
        digest = digest or f"sha256:{sha256(image_manifest.encode()).hexdigest()}"
        image = super().put_image(
            repository_name, image_manifest, image_tag, image_manifest_mediatype, digest
        )
        scanning = self.repositories[repository_name].image_scanning_configuration
        if isinstance(scanning, dict) and scanning.get("scanOnPush") and image.last_scan is None:
            self.start_image_scan(self.account_id, repository_name, {"imageDigest": digest})
        return image

    def start_image_scan(
        self, registry_id: str, repository_name: str, image_id: dict[str, str]
    ) -> dict[str, Any]:  # Any: the service's own JSON
        """Scan, and let the image say so, which moto forgets."""
        result: dict[str, Any] = super().start_image_scan(registry_id, repository_name, image_id)
        repository = self._get_repository(repository_name, registry_id)
        image = repository._get_image(  # noqa: SLF001 - moto has no other way to one image
            image_id.get("imageTag"), image_id.get("imageDigest")
        )
        vars(image).update(image_scan_status=_SCANNED)
        return result

    def find(self, name: str, tag: str) -> Image | None:
        """Return the image of a repository that has the tag or the digest, if there is one."""
        repository = self.repositories.get(name)
        images: list[Image] = repository.images if repository else []
        return next((one for one in images if tag in {*one.image_tags, one.image_digest}), None)
