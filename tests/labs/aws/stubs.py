"""What a look-up makes of an answer that a test gives in the place of AWS."""

from __future__ import annotations

from typing import Any

from botocore.stub import Stubber

from labs.aws.run import look_up
from labs.aws.session import Clients
from labs.checks.model import Facts, Got, Outcome


def seen(
    clients: Clients, one: str, service: str, operation: str, answer: Any, **known: Any
) -> Outcome:
    """Return the outcome of a look-up to which AWS answers so."""
    before: Facts = {name: Got(value) for name, value in known.items()}
    with Stubber(clients(service)) as stub:
        stub.add_response(operation, answer)
        found = look_up([one], clients, known=before)
        stub.assert_no_pending_responses()
    return found[one]
