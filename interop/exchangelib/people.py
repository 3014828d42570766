"""People: contacts, names, delegates, ids."""
from exchangelib import Contact, DistributionList
from exchangelib.errors import ErrorNameResolutionNoResults
from exchangelib.indexed_properties import EmailAddress, PhoneNumber, PhysicalAddress
from exchangelib.properties import AlternateId

from harness import check


@check("CreateItem", "UpdateItem", "FindItem")
def contacts(a, _):
    """keeps a contact with addresses and numbers, and finds it by one"""
    c = Contact(
        account=a, folder=a.contacts, given_name="Interop", surname="Person", display_name="Interop Person",
        email_addresses=[EmailAddress(label="EmailAddress1", email="interop@person.example")],
        phone_numbers=[PhoneNumber(label="MobilePhone", phone_number="1")],
        physical_addresses=[PhysicalAddress(label="Home", street="Street", city="City")],
    )
    c.save()
    c.refresh()
    assert c.email_addresses[0].email == "interop@person.example" and c.physical_addresses[0].city == "City"
    assert a.contacts.filter(email_addresses__EmailAddress1="interop@person.example").count() == 1
    c.phone_numbers = [PhoneNumber(label="MobilePhone", phone_number="2")]
    c.save()
    c.refresh()
    assert {p.label: p.phone_number for p in c.phone_numbers}["MobilePhone"] == "2"
    c.delete()
    d = DistributionList(account=a, folder=a.contacts, display_name="Interop list")
    d.save()
    d.delete()


@check("ResolveNames", "ExpandDL")
def names(a, b):
    """resolves a name, and hears that a list is not there"""
    found = a.protocol.resolve_names([b.primary_smtp_address])
    assert [m.email_address for m in found] == [b.primary_smtp_address]
    try:
        a.protocol.expand_dl("nobody@nowhere.example")
    except ErrorNameResolutionNoResults:
        return
    raise AssertionError("there is such a list")


@check("GetDelegate")
def delegates(a, _):
    """lists delegates"""
    assert a.delegates == []


@check("ConvertId")
def ids(a, _):
    """converts an id to another format and back"""
    there = list(a.protocol.convert_ids(
        [AlternateId(id=a.inbox.id, format="EwsId", mailbox=a.primary_smtp_address)], destination_format="HexEntryId",
    ))
    back = list(a.protocol.convert_ids(there, destination_format="EwsId"))
    assert back[0].id == a.inbox.id
