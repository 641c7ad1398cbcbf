"""Tells what kind of YAML a document is, and holds it against the rules of that kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import yaml

Document = Any  # whatever YAML can hold


class _Loader(yaml.SafeLoader):
    """Takes CloudFormation's short forms (`!Ref`), and `on:` as the word it is."""

    yaml_implicit_resolvers = {
        first: [(tag, test) for tag, test in resolvers if not tag.endswith(":bool")]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def _short_form(loader: _Loader, suffix: str, node: yaml.Node) -> Document:
    if isinstance(node, yaml.ScalarNode):
        return {suffix: loader.construct_scalar(node)}
    if isinstance(node, yaml.SequenceNode):
        return {suffix: loader.construct_sequence(node, deep=True)}
    assert isinstance(node, yaml.MappingNode)
    return {suffix: loader.construct_mapping(node, deep=True)}


_Loader.add_multi_constructor("!", _short_form)
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"(?:true|True|false|False)$"), list("tTfF")
)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document; `check` yields faults as sentences."""

    name: str
    fits: Callable[[dict[str, Document]], bool]
    check: Callable[[Document], Iterator[str]]


def load(text: str) -> Document:
    """Return the document; raises yaml.YAMLError with line and column."""
    return yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader with CloudFormation's tags


def kind_of(document: Document) -> Kind | None:
    """Return what kind of document this is; None where no kind fits."""
    if not isinstance(document, dict):
        return None
    return next((kind for kind in KINDS if kind.fits(document)), None)


def _appspec(document: Document) -> Iterator[str]:
    if document["version"] != 0.0:
        yield "version of an AppSpec is 0.0"
    for resource in document["Resources"]:
        ((name, service),) = resource.items()
        properties = service.get("Properties", {})
        if service.get("Type") != "AWS::ECS::Service":
            yield f"{name}: Type is AWS::ECS::Service"
        balancer = properties.get("LoadBalancerInfo", {})
        if "TaskDefinition" not in properties or not balancer.keys() >= _BALANCER:
            yield f"{name}: needs TaskDefinition and LoadBalancerInfo with name and port"
    for hook in document.get("Hooks", ()):
        for name in hook.keys() - _HOOKS:
            yield f"an AppSpec for ECS has no hook {name}"


_BALANCER = {"ContainerName", "ContainerPort"}
# https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-hooks.html
_HOOKS = {
    "BeforeInstall",
    "AfterInstall",
    "AfterAllowTestTraffic",
    "BeforeAllowTraffic",
    "AfterAllowTraffic",
}

# https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html
_PHASES = {"install", "pre_build", "build", "post_build"}
_PHASE_KEYS = {"run-as", "on-failure", "runtime-versions", "commands", "finally"}
_BUILDSPEC = {
    "version",
    "run-as",
    "env",
    "proxy",
    "batch",
    "phases",
    "reports",
    "artifacts",
    "cache",
}


def _buildspec(document: Document) -> Iterator[str]:
    if document["version"] != 0.2:
        yield "version of a buildspec is 0.2"
    for name in document.keys() - _BUILDSPEC:
        yield f"a buildspec has no {name}"
    for name, phase in document["phases"].items():
        if name not in _PHASES:
            yield f"CodeBuild has no phase {name}"
        for key in phase.keys() - _PHASE_KEYS:
            yield f"phases.{name}: there is no {key}"
        commands = phase.get("commands", ["true"])
        if not commands or not all(isinstance(one, str) for one in commands):
            yield f"phases.{name}: commands is a list of texts; quote one that holds a colon"


_TYPE = re.compile(r"(AWS::[A-Za-z0-9]+(::[A-Za-z0-9]+){1,2}|Custom::[\w@-]+)")
_RESOURCE = set(
    {
        "Type",
        "Properties",
        "DependsOn",
        "Condition",
        "CreationPolicy",
        "DeletionPolicy",
        "Metadata",
        "UpdatePolicy",
        "UpdateReplacePolicy",
    }
)


def _template(document: Document) -> Iterator[str]:
    declared = {*document["Resources"], *document.get("Parameters", {})}
    for name, resource in document["Resources"].items():
        if not _TYPE.fullmatch(str(resource.get("Type"))):
            yield f"{name}: {resource.get('Type')!r} has not the form AWS::Service::Resource"
        for key in resource.keys() - _RESOURCE:
            yield f"{name}: a resource has no {key}"
    if "Parameters" in document:
        for name in _references(document["Resources"]):
            if name not in declared and not name.startswith("AWS::"):
                yield f"{name} is referred to and nowhere declared"


def _is_resources(document: dict[str, Document]) -> bool:
    """Tell whether this is an excerpt: resources without the key above them."""
    return all(isinstance(one, dict) and "Type" in one for one in document.values())


def _resources(document: Document) -> Iterator[str]:
    yield from _template({"Resources": document})


def _references(node: Document) -> Iterator[str]:
    if isinstance(node, list):
        for one in node:
            yield from _references(one)
    elif isinstance(node, dict):
        for key, one in node.items():
            if key == "Ref" and isinstance(one, str):
                yield one
            elif key in {"Sub", "Fn::Sub"} and isinstance(one, str):
                yield from (name.split(".")[0] for name in re.findall(r"\$\{([^!}]+)\}", one))
            else:
                yield from _references(one)


def _workflow(document: Document) -> Iterator[str]:
    for name, job in document["jobs"].items():
        if "runs-on" not in job or not job.get("steps"):
            yield f"jobs.{name}: needs runs-on and steps"
        for number, step in enumerate(job.get("steps", ())):
            if len(step.keys() & {"uses", "run"}) != 1:
                yield f"jobs.{name}.steps[{number}]: has either uses or run"


# https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-schemas-features.html
def _automation(document: Document) -> Iterator[str]:
    if document["schemaVersion"] not in {"0.3", "1.2", "2.2"}:
        yield "schemaVersion of an SSM document is a text: '0.3', '1.2' or '2.2'"
    for number, step in enumerate(document.get("mainSteps", ())):
        if not {"name", "action"} <= step.keys():
            yield f"mainSteps[{number}]: needs name and action"


def _collector(document: Document) -> Iterator[str]:
    for signal, pipeline in document["service"]["pipelines"].items():
        for part in ("receivers", "processors", "exporters"):
            for name in pipeline.get(part, ()):
                if name not in (document.get(part) or {}):
                    yield f"service.pipelines.{signal}: {name} is not among {part}"


def _has(*keys: str) -> Callable[[dict[str, Document]], bool]:
    return lambda document: document.keys() >= set(keys)


KINDS: tuple[Kind, ...] = (
    Kind("buildspec", _has("version", "phases"), _buildspec),
    Kind("AppSpec", _has("version", "Resources"), _appspec),
    Kind("CloudFormation", _has("Resources"), _template),
    Kind("CloudFormation resources", _is_resources, _resources),
    Kind("GitHub workflow", _has("on", "jobs"), _workflow),
    Kind("SSM document", _has("schemaVersion"), _automation),
    Kind("OpenTelemetry collector", _has("receivers", "service"), _collector),
)


def document_faults(document: Document) -> list[str] | None:
    """Return the faults of a document; None where nobody can tell what it is."""
    kind = kind_of(document)
    return None if kind is None else [f"{kind.name}: {fault}" for fault in kind.check(document)]


def shell_lines(document: Document) -> str:
    """Return the shell commands inside a buildspec or a workflow, a command a line."""
    if not isinstance(document, dict):
        return ""
    phases = document.get("phases") or {}
    found = [
        line
        for phase in phases.values()
        for part in ("commands", "finally")
        for line in phase.get(part, ())
    ]
    jobs = document.get("jobs") or {}
    found += [step["run"] for job in jobs.values() for step in job["steps"] if "run" in step]
    return "\n".join(re.sub(r"\$\{\{.*?\}\}", "value", line) for line in found)
