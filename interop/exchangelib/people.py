"""People: contacts, names, delegates, ids."""
from exchangelib import Contact, DistributionList
from exchangelib.errors import ErrorNameResolutionNoResults
from exchangelib.indexed_properties import EmailAddress, PhoneNumber, PhysicalAddress
from exchangelib.properties import AlternateId
from exchangelib.services import GetPersona
from exchangelib.settings import OofSettings

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


@check("GetRoomLists", "GetRooms")
def rooms(a, _):
    """lists the room lists, and the rooms on one; a list that is not there has none"""
    lists = list(a.protocol.get_roomlists())
    assert [r.email_address for r in lists] == [f"rooms-{c}@contoso.com" for c in ("bergen", "graz", "lyon")], lists
    on = list(a.protocol.get_rooms(lists[1].email_address))
    assert [(r.name, r.mailbox_type) for r in on] == [(f"Graz Room {n}", "Mailbox") for n in range(1, 5)], on
    try:
        list(a.protocol.get_rooms("rooms-oslo@contoso.com"))
    except ErrorNameResolutionNoResults:
        return
    raise AssertionError("there is such a list")


@check("GetMailTips", "SetUserOofSettings")
def tips(a, _):
    """reads mail tips before and after automatic replies are switched on"""
    now = a.mail_tips
    assert now.recipient_address.email_address == a.primary_smtp_address
    assert (now.mailbox_full, now.invalid_recipient, now.total_member_count, now.external_member_count) == (False, False, 1, 0), now
    assert now.max_message_size == 36700160 and not now.delivery_restricted and not now.is_moderated
    a.oof_settings = OofSettings(state=OofSettings.ENABLED, external_audience="All", internal_reply="away", external_reply="away")
    assert a.mail_tips.out_of_office.reply_body == "away", a.mail_tips.out_of_office
    a.oof_settings = OofSettings(state=OofSettings.DISABLED, external_audience="None", internal_reply="", external_reply="")
