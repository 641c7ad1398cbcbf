"""The requests of IAM that moto does not know."""

from __future__ import annotations

from itertools import product

from moto.core.responses import ActionResult
from moto.iam.exceptions import IAMException
from moto.iam.responses import IamResponse

from labs.sandbox import roles
from labs.sandbox.iam import policies_of


class Refusal(IAMException):
    """What IAM answers when it does not do something."""

    code = "InvalidInput"


class PracticeIamRequests(IamResponse):
    """IAM's requests, with the simulation of what a role may do."""

    def simulate_principal_policy(self) -> ActionResult:
        """Say for each action, on each resource, what the policies of a role come to."""
        source: str = self._get_param("PolicySourceArn")
        if ":role/" not in source:
            raise Refusal("The practice account simulates the policies of roles only.")
        documents = [
            *policies_of(self.backend.get_role_by_arn(source)),
            *self._get_param("PolicyInputList", []),
        ]
        asked = product(self._get_param("ActionNames"), self._get_param("ResourceArns", ["*"]))
        results = [
            {
                "EvalActionName": action,
                "EvalResourceName": resource,
                "EvalDecision": roles.decide(documents, action, resource),
                "MatchedStatements": [],
                "MissingContextValues": [],
            }
            for action, resource in asked
        ]
        return ActionResult({"EvaluationResults": results, "IsTruncated": False})
