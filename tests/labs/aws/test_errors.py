from __future__ import annotations

import pytest
from botocore import exceptions as boto
from botocore.exceptions import ClientError
from botocore.parsers import ResponseParserError
from botocore.stub import Stubber

from labs.aws.declare import AbsentError
from labs.aws.errors import FATAL, classify
from labs.aws.run import look_up
from labs.aws.session import UnknownRegionError
from labs.checks.model import Broken, Denied, Missing

ACTION = "ecs:DescribeClusters"
MESSAGE = "arn:aws:iam::111122223333:user/aiko is not allowed to look at hunter2"


def refused(code: str, status: int = 400, message: str = MESSAGE) -> ClientError:
    answer = {
        "Error": {"Code": code, "Message": message},
        "ResponseMetadata": {"HTTPStatusCode": status},
    }
    return ClientError(answer, "DescribeClusters")


# The look-up, its operation, and the code with which AWS says that the resource is not there.
NOT_FOUND = [
    ("repo", "ecr", "describe_repositories", "RepositoryNotFoundException"),
    ("lifecycle", "ecr", "get_lifecycle_policy", "LifecyclePolicyNotFoundException"),
    ("scan", "ecr", "describe_image_scan_findings", "ScanNotFoundException"),
    ("scan", "ecr", "describe_image_scan_findings", "ImageNotFoundException"),
    ("images", "ecr", "describe_images", "RepositoryNotFoundException"),
    ("services", "ecs", "describe_services", "ClusterNotFoundException"),
    ("task_arns", "ecs", "list_tasks", "ClusterNotFoundException"),
    ("task_arns", "ecs", "list_tasks", "ServiceNotFoundException"),
    ("alb", "elbv2", "describe_load_balancers", "LoadBalancerNotFound"),
    ("cd_app", "codedeploy", "get_application", "ApplicationDoesNotExistException"),
    ("cd_group", "codedeploy", "get_deployment_group", "DeploymentGroupDoesNotExistException"),
    ("file_system", "efs", "describe_file_systems", "FileSystemNotFound"),
]


@pytest.mark.parametrize(("one", "service", "operation", "code"), NOT_FOUND)
def test_each_way_to_say_not_found_is_missing(clients, one, service, operation, code):
    with Stubber(clients(service)) as stub:
        stub.add_client_error(operation, code, MESSAGE, 400)
        found = look_up([one], clients)

    assert found[one] == Missing(code)


def test_a_missing_task_definition_has_no_error_of_its_own(clients):
    for message, outcome in (
        ("Unable to describe task definition.", Missing("ClientException")),
        ("Too many something", Broken("service", "ClientException")),
    ):
        with Stubber(clients("ecs")) as stub:
            stub.add_client_error("describe_task_definition", "ClientException", message, 400)
            assert look_up(["taskdef"], clients)["taskdef"] == outcome


@pytest.mark.parametrize(
    "code",
    [
        "ListenerNotFound", "TargetGroupNotFound", "NoSuchEntity", "ResourceNotFoundException",
        "ObjectNotFoundException", "NamespaceNotFound", "InvalidGroup.NotFound",
    ],
)  # fmt: skip
def test_other_codes_of_what_is_not_there(code):
    assert classify(refused(code, 404), ACTION) == Missing(code)


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("AccessDenied", 403),
        ("AccessDeniedException", 400),
        ("UnauthorizedOperation", 403),
        ("403", 403),
        ("", 403),
        ("SomethingOfAProxy", 403),
    ],
)
def test_a_denial_names_the_action(code, status):
    assert classify(refused(code, status), ACTION) == Denied(ACTION)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("ExpiredToken", "expired"),
        ("ExpiredTokenException", "expired"),
        ("RequestExpired", "expired"),
        ("InvalidClientTokenId", "bad_credentials"),
        ("UnrecognizedClientException", "bad_credentials"),
        ("SignatureDoesNotMatch", "bad_credentials"),
        ("InvalidSignatureException", "bad_credentials"),
        ("AuthFailure", "bad_credentials"),
        ("IncompleteSignature", "bad_credentials"),
        ("Throttling", "throttled"),
        ("ThrottlingException", "throttled"),
        ("RequestLimitExceeded", "throttled"),
        ("TooManyRequestsException", "throttled"),
        ("OptInRequired", "region_off"),
        ("RegionDisabledException", "region_off"),
    ],
)
@pytest.mark.parametrize("status", [400, 403])
def test_a_code_tells_what_is_wrong(code, kind, status):
    assert classify(refused(code, status), ACTION) == Broken(kind, code)


def test_what_a_service_says_of_itself_is_not_repeated():
    assert classify(refused("InternalFailure", 503), ACTION) == Broken("service", "HTTP 503")
    assert classify(refused(f"<p>{MESSAGE}", 400), ACTION) == Broken("service", "HTTP 400")
    assert classify(refused("InvalidParameterException"), ACTION) == Broken(
        "service", "InvalidParameterException"
    )


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (boto.NoCredentialsError(), "no_credentials"),
        (boto.PartialCredentialsError(provider="p", cred_var="v"), "no_credentials"),
        (boto.CredentialRetrievalError(provider="p", error_msg="m"), "no_credentials"),
        (boto.ProfileNotFound(profile="p"), "no_profile"),
        (boto.NoRegionError(), "no_region"),
        (boto.InvalidRegionError(region_name="x y"), "no_region"),
        (UnknownRegionError("tokyo"), "no_region"),
        (boto.SSOTokenLoadError(error_msg="m"), "sso_login_needed"),
        (boto.UnauthorizedSSOTokenError(), "sso_login_needed"),
        (boto.TokenRetrievalError(provider="p", error_msg="m"), "sso_login_needed"),
        (boto.EndpointConnectionError(endpoint_url="u"), "no_network"),
        (boto.ProxyConnectionError(proxy_url="u"), "no_network"),
        (boto.SSLError(endpoint_url="u", error="e"), "no_network"),
        (boto.ConnectionClosedError(endpoint_url="u"), "no_network"),
        (boto.ConnectTimeoutError(endpoint_url="u"), "timeout"),
        (boto.ReadTimeoutError(endpoint_url="u"), "timeout"),
        (ResponseParserError("garbage"), "service"),
        (KeyError("clusters"), "service"),
        (TypeError("hunter2"), "service"),
        (ValueError("hunter2"), "service"),
        (boto.ParamValidationError(report="r"), "bug"),
        (NotImplementedError("hunter2"), "bug"),
        (RuntimeError("hunter2"), "bug"),
    ],
    ids=lambda one: type(one).__name__ if isinstance(one, Exception) else one,
)
def test_an_error_before_any_answer(error, kind):
    assert classify(error, ACTION) == Broken(kind, type(error).__name__)


def test_an_answer_that_says_it_is_not_there():
    assert classify(AbsentError("handson-app"), ACTION) == Missing("NotFound handson-app")


def test_no_outcome_quotes_a_message():
    for code in ("AccessDenied", "Throttling", "NoSuchEntity", "What", "ExpiredToken"):
        for status in (400, 403, 500):
            assert "hunter2" not in repr(classify(refused(code, status), ACTION))


def test_errors_that_every_look_up_would_meet_are_fatal():
    assert {"denied", "throttled", "timeout", "service", "bug", "deadline"} & FATAL == set()
    assert len(FATAL) == 8
