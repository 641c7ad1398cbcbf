"""Says no the way AWS does, so that the CLI shows code and sentence."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from xml.sax.saxutils import escape


class Dialect(Enum):
    """How a service talks, and with it how it says no."""

    JSON = "json"
    QUERY = "query"
    EC2 = "ec2"


# The services of the course. Another would cost memory, and some of moto's would reach out.
DIALECTS: Mapping[str, Dialect] = {
    "application-autoscaling": Dialect.JSON,
    "codedeploy": Dialect.JSON,
    "ec2": Dialect.EC2,
    "ecr": Dialect.JSON,
    "ecs": Dialect.JSON,
    "elasticfilesystem": Dialect.JSON,
    "elasticloadbalancing": Dialect.QUERY,
    "iam": Dialect.QUERY,
    "logs": Dialect.JSON,
    "monitoring": Dialect.JSON,
    "servicediscovery": Dialect.JSON,
    "sts": Dialect.QUERY,
}


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a request is not done: a name for each dialect, and a sentence."""

    status: int
    codes: Mapping[Dialect, str]
    message: str


def same(status: int, code: str, message: str) -> Fault:
    """Return a fault that is called the same in every dialect."""
    return Fault(status, dict.fromkeys(Dialect, code), message)


NO_TOKEN = same(403, "MissingAuthenticationToken", "The request is not signed.")
_INVALID_TOKEN = "The security token included in the request is invalid."  # noqa: S105
UNKNOWN_KEY = Fault(
    403,
    {
        Dialect.JSON: "UnrecognizedClientException",
        Dialect.QUERY: "InvalidClientTokenId",
        Dialect.EC2: "AuthFailure",
    },
    _INVALID_TOKEN,
)
_WRONG = {
    Dialect.JSON: "InvalidSignatureException",
    Dialect.QUERY: "SignatureDoesNotMatch",
    Dialect.EC2: "AuthFailure",
}
WRONG_SIGNATURE = Fault(
    403,
    _WRONG,
    "The request signature we calculated does not match the signature you provided."
    " Check your AWS Secret Access Key and signing method.",
)
WRONG_REGION = Fault(403, _WRONG, "Credential should be scoped to a valid region.")
NOT_OFFERED = same(400, "UnsupportedOperation", "The practice account does not have this service.")
NOT_KNOWN = same(400, "UnsupportedOperation", "The practice account does not know this operation.")
TOO_LARGE = same(413, "RequestEntityTooLarge", "The request is too large.")
BROKEN = same(
    400, "InternalFailure", "The practice account stumbled over this request; its log says where."
)


def body(fault: Fault, dialect: Dialect) -> tuple[str, dict[str, str]]:
    """Return the text of a refusal, and the headers that go with it."""
    code = fault.codes[dialect]
    if dialect is Dialect.JSON:
        text = json.dumps({"__type": code, "message": fault.message})
        return text, {"Content-Type": "application/x-amz-json-1.1", "x-amzn-ErrorType": code}
    error = f"<Code>{escape(code)}</Code><Message>{escape(fault.message)}</Message>"
    if dialect is Dialect.EC2:
        text = f"<Response><Errors><Error>{error}</Error></Errors></Response>"
    else:
        text = f"<ErrorResponse><Error><Type>Sender</Type>{error}</Error></ErrorResponse>"
    return text, {"Content-Type": "text/xml", "x-amzn-ErrorType": code}
