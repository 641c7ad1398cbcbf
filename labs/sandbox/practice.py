"""Puts the practice services in the place of moto's, and back again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from types import ModuleType
from typing import Any

import moto
from moto.applicationautoscaling.models import applicationautoscaling_backends
from moto.codedeploy import urls as codedeploy_urls
from moto.codedeploy.models import codedeploy_backends
from moto.core.base_backend import BackendDict
from moto.ecr.models import ecr_backends
from moto.ecs import urls as ecs_urls
from moto.ecs.models import ecs_backends
from moto.elbv2.models import elbv2_backends
from moto.iam import urls as iam_urls
from moto.iam.models import iam_backends
from moto.moto_api import state_manager
from moto.sts.models import sts_backends

from labs.sandbox.codedeploy import PracticeCodeDeploy
from labs.sandbox.codedeploy_requests import PracticeCodeDeployRequests
from labs.sandbox.ecr import PracticeEcr
from labs.sandbox.ecs import PracticeEcs
from labs.sandbox.ecs_requests import PracticeEcsRequests
from labs.sandbox.elbv2 import PracticeElb
from labs.sandbox.iam import PracticeIam
from labs.sandbox.iam_requests import PracticeIamRequests
from labs.sandbox.scaling import PracticeScaling
from labs.sandbox.sts import PracticeSts

# What is replaced here is private to moto and may change with any release.
MOTO_VERSION = "5.2.5"
_TASK = "ecs::task"
_NEVER = 10**9

_BACKENDS: tuple[tuple[BackendDict[Any], type], ...] = (  # Any: each of another service
    (applicationautoscaling_backends, PracticeScaling),
    (codedeploy_backends, PracticeCodeDeploy),
    (ecr_backends, PracticeEcr),
    (ecs_backends, PracticeEcs),
    (elbv2_backends, PracticeElb),
    (iam_backends, PracticeIam),
    (sts_backends, PracticeSts),
)
_REQUESTS: tuple[tuple[ModuleType, Any], ...] = (  # Any: moto's handlers are bound as they come
    (codedeploy_urls, PracticeCodeDeployRequests.dispatch),
    (ecs_urls, PracticeEcsRequests.dispatch),
    (iam_urls, PracticeIamRequests.dispatch),
)


class WrongMotoError(SystemExit):
    """This moto is not the one the practice account was written for."""


@contextmanager
def installed() -> Iterator[None]:
    """Make moto's services behave as AWS's, for every account made inside; raise WrongMotoError.

    Works for moto's server and for its `mock_aws` alike. A task does not age by being described.
    """
    if moto.__version__ != MOTO_VERSION:
        raise WrongMotoError(
            f"moto is {moto.__version__}; the practice account needs {MOTO_VERSION}."
        )
    with ExitStack() as undo:
        for backends, practice in _BACKENDS:
            undo.callback(setattr, backends, "backend", backends.backend)
            backends.backend = practice
        for urls, dispatch in _REQUESTS:
            undo.callback(urls.url_paths.__setitem__, "{0}/$", urls.url_paths["{0}/$"])
            urls.url_paths["{0}/$"] = dispatch
        undo.callback(state_manager.unset_transition, _TASK)
        state_manager.set_transition(_TASK, {"progression": "manual", "times": _NEVER})
        yield
