"""A practice AWS in a process of its own: it says its port and lives until its input closes."""

from __future__ import annotations

import logging
import os
import sys

from moto.server import ThreadedMotoServer

from tests.course.exercises import practice_codedeploy, practice_ecs, practice_scaling


def main() -> None:
    # The exercises attach policies of AWS, which moto loads only when asked to.
    os.environ["MOTO_IAM_LOAD_MANAGED_POLICIES"] = "true"
    # Nothing starts an instance, and reading the images takes seconds.
    os.environ["MOTO_EC2_LOAD_DEFAULT_AMIS"] = "false"
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    for service in (practice_ecs, practice_codedeploy, practice_scaling):
        service.install()
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    _, port = server.get_host_and_port()
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    main()
