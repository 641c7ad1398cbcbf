"""What is in the registry."""

from __future__ import annotations

import json

from labs.aws.declare import Answers, Call, fact, pick, there
from labs.checks.model import Value
from labs.checks.names import Names

_REPOSITORY = "arn:aws:ecr:{region}:{account}:repository/{repository}"


@fact("ecr", "DescribeRepositories", scope=_REPOSITORY)
def repo(call: Call, names: Names, answers: Answers) -> Value:
    found = call(repositoryNames=[names.repository])["repositories"]
    keys = "repositoryUri", "imageTagMutability", "imageScanningConfiguration"
    return pick(there(found, names.repository)[0], *keys)


@fact("ecr", "GetRegistryScanningConfiguration")
def registry_scan(call: Call, names: Names, answers: Answers) -> Value:
    """Return the rules of the registry: how often, and the filters of names."""
    return [
        {
            "frequency": rule["scanFrequency"],
            "filters": [one["filter"] for one in rule["repositoryFilters"]],
        }
        for rule in call()["scanningConfiguration"].get("rules", ())
    ]


@fact("ecr", "DescribeImages", scope=_REPOSITORY)
def images(call: Call, names: Names, answers: Answers) -> Value:
    """Return the digest of each image, by its tags and by itself."""
    found = call.pages("imageDetails", repositoryName=names.repository)
    return {
        name: image["imageDigest"]
        for image in found
        for name in (*image.get("imageTags", ()), image["imageDigest"])
    }


@fact("ecr", "GetLifecyclePolicy", scope=_REPOSITORY)
def lifecycle(call: Call, names: Names, answers: Answers) -> Value:
    text = call(repositoryName=names.repository)["lifecyclePolicyText"]
    return {"rules": len(json.loads(text)["rules"])}


@fact("ecr", "DescribeImageScanFindings", scope=_REPOSITORY)
def scan(call: Call, names: Names, answers: Answers) -> Value:
    answer = call(repositoryName=names.repository, imageId={"imageTag": names.tag}, maxResults=1)
    counts = answer.get("imageScanFindings", {}).get("findingSeverityCounts") or {}
    return {"status": answer["imageScanStatus"]["status"], "counts": counts}
