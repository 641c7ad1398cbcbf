"""Says what an exception means for who asked: not there, not allowed, or nothing learnt."""

from __future__ import annotations

import re

from labs.aws.declare import AbsentError
from labs.checks.model import Broken, BrokenKind, Denied, Missing, Outcome, Value

# After one of these, the next look-up would only say the same.
FATAL: frozenset[BrokenKind] = frozenset(
    {
        "no_credentials",
        "no_profile",
        "no_region",
        "sso_login_needed",
        "expired",
        "bad_credentials",
        "region_off",
        "no_network",
    }
)

_MISSING = frozenset(
    {
        "RepositoryNotFoundException",
        "ImageNotFoundException",
        "ScanNotFoundException",
        "LifecyclePolicyNotFoundException",
        "ClusterNotFoundException",
        "ServiceNotFoundException",
        "ServiceNotActiveException",
        "LoadBalancerNotFound",
        "TargetGroupNotFound",
        "ListenerNotFound",
        "ApplicationDoesNotExistException",
        "DeploymentGroupDoesNotExistException",
        "NoSuchEntity",
        "ResourceNotFoundException",
        "ObjectNotFoundException",
        "FileSystemNotFound",
        "AccessPointNotFound",
        "NamespaceNotFound",
        "InvalidGroup.NotFound",
    }
)
_DENIED = frozenset(
    {
        "AccessDenied",
        "AccessDeniedException",
        "AuthFailure.Unauthorized",
        "NotAuthorized",
        "UnauthorizedAccess",
        "UnauthorizedOperation",
    }
)
_KINDS: dict[BrokenKind, frozenset[str]] = {
    "expired": frozenset(
        {"ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired"}
    ),
    "bad_credentials": frozenset(
        {
            "AuthFailure",
            "IncompleteSignature",
            "IncompleteSignatureException",
            "InvalidAccessKeyId",
            "InvalidClientTokenId",
            "InvalidSignatureException",
            "InvalidToken",
            "MissingAuthenticationToken",
            "MissingAuthenticationTokenException",
            "SignatureDoesNotMatch",
            "UnrecognizedClientException",
        }
    ),
    "throttled": frozenset(
        {
            "BandwidthLimitExceeded",
            "EC2ThrottledException",
            "PriorRequestNotComplete",
            "RequestLimitExceeded",
            "RequestThrottled",
            "RequestThrottledException",
            "SlowDown",
            "ThrottledException",
            "Throttling",
            "ThrottlingException",
            "TooManyRequestsException",
        }
    ),
    "region_off": frozenset(
        {"OptInRequired", "RegionDisabledException", "SubscriptionRequiredException"}
    ),
}
# Classes of botocore by name, so that it need not be imported; the nearest in the line of
# inheritance decides.
_CLASSES: dict[str, BrokenKind] = {
    "NoCredentialsError": "no_credentials",
    "PartialCredentialsError": "no_credentials",
    "CredentialRetrievalError": "no_credentials",
    "UnknownCredentialError": "no_credentials",
    "ProfileNotFound": "no_profile",
    "NoRegionError": "no_region",
    "InvalidRegionError": "no_region",
    "UnknownRegionError": "no_region",
    "SSOError": "sso_login_needed",
    "TokenRetrievalError": "sso_login_needed",
    "NoAuthTokenError": "sso_login_needed",
    "LoginError": "sso_login_needed",
    "ConnectTimeoutError": "timeout",
    "ReadTimeoutError": "timeout",
    "HTTPClientError": "no_network",
    "ConnectionError": "no_network",
    "ResponseParserError": "service",
}
_SERVER_ERROR, _FORBIDDEN = 500, 403
_CODE = re.compile(r"[A-Za-z0-9_.]{1,60}")


def classify(error: Exception, action: str) -> Outcome:
    """Return the outcome; its text is a code or the name of a class, never what AWS wrote."""
    if isinstance(error, AbsentError):
        return Missing(f"NotFound {error}")
    response = getattr(error, "response", None)
    if isinstance(response, dict):
        return _answered(response, action)
    for one in type(error).__mro__:
        if one.__name__ in _CLASSES:
            return Broken(_CLASSES[one.__name__], type(error).__name__)
    # An answer that lacks what it must have: a captive portal's 200 looks like this.
    is_unreadable = isinstance(error, (LookupError, TypeError, ValueError, AttributeError))
    return Broken("service" if is_unreadable else "bug", type(error).__name__)


def _answered(response: Value, action: str) -> Outcome:
    error = response.get("Error", {})
    code, message = str(error.get("Code", "")), str(error.get("Message", ""))
    status = response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    if code in _MISSING or _is_missing_definition(code, message):
        return Missing(code)
    if code in _DENIED:
        return Denied(action)
    for kind, codes in _KINDS.items():
        if code in codes:
            return Broken(kind, code)
    if status == _FORBIDDEN:  # proxies and firewalls have codes of their own, or none
        return Denied(action)
    told = code if status < _SERVER_ERROR and _CODE.fullmatch(code) else f"HTTP {status}"
    return Broken("service", told)


def _is_missing_definition(code: str, message: str) -> bool:
    """DescribeTaskDefinition has no error of its own for what is not there."""
    return code == "ClientException" and "unable to describe task definition" in message.lower()
