"""Autodiscover: an account that is opened by its address alone.

The client is told by its own cache which server knows the domain, since no name leads to this machine; it then asks that server in
either way, and goes where it is sent.
"""
import os

from exchangelib import BASIC, DELEGATE, Account, Configuration, Credentials
from exchangelib.autodiscover import AutodiscoverProtocol, autodiscover_cache, clear_cache
from exchangelib.errors import ErrorNonExistentMailbox

from harness import check


def discover(address, how, path):
    """Opens a mailbox by Autodiscover, as its owner."""
    base = os.environ["EWS_URL"].rsplit("/EWS/", 1)[0]
    credentials = Credentials(os.environ["EWS_TARGETS"].split(",")[0], os.environ["EWS_PASS"])
    clear_cache()
    for domain in ("contoso.com", "old.example"):
        autodiscover_cache[(domain, credentials)] = AutodiscoverProtocol(
            config=Configuration(service_endpoint=base + path, credentials=credentials, auth_type=BASIC)
        )
    return Account(primary_smtp_address=address, credentials=credentials, autodiscover=how, access_type=DELEGATE)


def opens(a, address, how, path):
    found = discover(address, how, path)
    assert found.primary_smtp_address == a.primary_smtp_address, found.primary_smtp_address
    assert found.protocol.service_endpoint == os.environ["EWS_URL"], found.protocol.service_endpoint
    assert found.inbox.total_count == a.inbox.total_count
    try:
        discover("nobody@contoso.com", how, path)
    except ErrorNonExistentMailbox:
        return
    raise AssertionError("there is such a mailbox")


@check("GetUserSettings")
def soap(a, _):
    """finds the server of an address by SOAP, and hears that there is no such mailbox"""
    opens(a, a.primary_smtp_address, "soap", "/autodiscover/autodiscover.svc")


@check("GetUserSettings")
def redirected(a, _):
    """follows an address that has moved to another domain"""
    opens(a, "elvin@old.example", "soap", "/autodiscover/autodiscover.svc")


@check("Autodiscover")
def plain(a, _):
    """finds the server of an address by plain XML, also of one that has moved"""
    opens(a, a.primary_smtp_address, "pox", "/Autodiscover/Autodiscover.xml")
    opens(a, "elvin@old.example", "pox", "/Autodiscover/Autodiscover.xml")
