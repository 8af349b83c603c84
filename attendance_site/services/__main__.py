"""`python -m attendance_site.services services | demo [--port N] | stop | forget`."""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path

from .errors import ServiceError
from .folders import PROJECT
from .foreground import run_demo, run_services
from .parent_death import end_with_parent
from .stopping import Stopped, StopRequest
from .supervisor import forget, say, stop_running


def main() -> int:
    """Runs what the command line asks for; 1 when it could not be done or did not last."""
    arguments = _parser().parse_args()
    try:
        _run(arguments)
    except Stopped:
        say("Stopped.")
    except ServiceError as error:
        return _fail(str(error))
    except PermissionError as error:
        return _fail(
            f"{error.filename or arguments.data} belongs to another account ({error.strerror}). Run this as it."
        )
    return 0


def _fail(text: str) -> int:
    print(f"\n{text}", file=sys.stderr, flush=True)
    return 1


def _run(arguments: argparse.Namespace) -> None:
    data = arguments.data.resolve()
    if arguments.command == "stop":
        return stop_running(data)
    if arguments.command == "forget":
        return forget(data)
    stop = StopRequest()
    if arguments.with_parent:
        end_with_parent(signal.SIGTERM)
    if arguments.command == "services":
        return run_services(data, stop)
    return run_demo(data, arguments.port, stop)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m attendance_site.services", description="Services for one machine.")
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--data", type=Path, default=PROJECT / ".data", help="where everything is kept (default .data)")
    running = argparse.ArgumentParser(add_help=False)
    running.add_argument("--with-parent", action="store_true", help="stop when the process that started this ends")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("services", parents=[shared, running], help="PostgreSQL and Redis, migrated")
    demo = commands.add_parser("demo", parents=[shared, running], help="the demo district and its site")
    demo.add_argument("--port", type=int, default=8000, help="where the site is opened (default 8000)")
    commands.add_parser("stop", parents=[shared], help="stop what runs in the background")
    commands.add_parser("forget", parents=[shared], help="delete the demo's data")
    return parser


if __name__ == "__main__":
    sys.exit(main())
