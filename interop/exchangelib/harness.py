"""What the checks of exchangelib have in common: the accounts, and how a check is declared and run.

A check is a function with the operations that it exercises. Each prints one line of JSON; nothing is patched, and the client is
used as its documentation shows it.
"""
import json
import os
import sys
import traceback

from exchangelib import BASIC, IMPERSONATION, Account, Configuration, Credentials, EWSDateTime, EWSTimeZone

UTC = EWSTimeZone("UTC")
CHECKS = []


def check(*operations):
    """Declares a check of some operations; its docstring says what is checked."""

    def declare(function):
        CHECKS.append((operations, function))
        return function

    return declare


def account(address, config):
    return Account(primary_smtp_address=address, config=config, autodiscover=False, access_type=IMPERSONATION)


def connect():
    """The accounts of two users, opened by one service account."""
    config = Configuration(
        service_endpoint=os.environ["EWS_URL"],
        credentials=Credentials(os.environ["EWS_USER"], os.environ["EWS_PASS"]),
        auth_type=BASIC,
    )
    return [account(address, config) for address in os.environ["EWS_TARGETS"].split(",")[:2]]


def at(*when):
    return EWSDateTime(*when, tzinfo=UTC)


def run():
    one, two = connect()
    for operations, function in CHECKS:
        result = {"operations": operations, "check": " ".join(function.__doc__.split()), "result": "pass"}
        try:
            function(one, two)
        except Exception as error:  # whatever went wrong is the result of the check
            where = traceback.extract_tb(error.__traceback__)[-1]
            result.update(result="fail", error=f"{type(error).__name__}: {str(error)[:500]} ({os.path.basename(where.filename)}:{where.lineno})")
        print(json.dumps(result), flush=True)


def offered():
    """The operations that the client offers, by introspection."""
    from exchangelib import services

    names = set()
    for value in vars(services).values():
        name = getattr(value, "SERVICE_NAME", None)
        if name:
            names.add(name)
    return names


def complete(left_out):
    """Reports operations that the client offers and no check exercises, but for those that are left out with a reason."""
    covered = {operation for operations, _ in CHECKS for operation in operations}
    for name in sorted(offered() - covered - set(left_out)):
        print(json.dumps({"operations": [name], "check": "is exercised or left out with a reason", "result": "fail", "error": "neither"}))
    for name, reason in sorted(left_out.items()):
        print(json.dumps({"operations": [name], "check": reason, "result": "left out"}))
    sys.stdout.flush()
