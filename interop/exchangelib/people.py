"""People: contacts, names, delegates, ids."""
from exchangelib import Contact, DistributionList
from exchangelib.errors import ErrorNameResolutionNoResults
from exchangelib.indexed_properties import EmailAddress, PhoneNumber, PhysicalAddress
from exchangelib.properties import AlternateId
from exchangelib.services import GetPersona

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


@check("FindPeople", "GetPersona")
def personas(a, _):
    """finds personas among the contacts, by name and by a word, sorted, and opens one"""
    c = Contact(
        account=a, folder=a.contacts, given_name="Pia", surname="Persona", display_name="Pia Persona", job_title="Baker",
        email_addresses=[EmailAddress(label="EmailAddress1", email="pia@person.example")],
        phone_numbers=[PhoneNumber(label="MobilePhone", phone_number="1")],
    )
    c.save()
    names = [p.display_name for p in a.contacts.people().only("display_name").order_by("display_name")]
    assert "Pia Persona" in names and names == sorted(names)
    by_name = list(a.contacts.people().filter(display_name="Pia Persona"))
    by_word = list(a.contacts.people().filter("Pia"))
    assert len(by_name) == 1 and [p.id for p in by_name] == [p.id for p in by_word]
    p = list(GetPersona(account=a).call(personas=[by_name[0]]))[0]
    assert p.display_name == "Pia Persona" and p.email_address.email_address == "pia@person.example"
    assert p.titles[0].value == "Baker" and p.attributions[0].display_name == "Outlook"
    assert p.mobile_phones[0].value.number == "1"
    c.delete()
