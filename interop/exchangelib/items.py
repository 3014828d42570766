"""Items: messages above all, and what can be done to many."""
from exchangelib import ExtendedProperty, FileAttachment, HTMLBody, ItemAttachment, Mailbox, Message, PostItem, Q, Task
from exchangelib import EWSDate

from harness import at, check


class Tag(ExtendedProperty):
    property_set_id = "deadbeaf-cafe-cafe-cafe-deadbeefcafe"
    property_name = "InteropTag"
    property_type = "String"


Message.register("interop_tag", Tag)


@check("CreateItem", "GetItem", "UpdateItem", "CreateAttachment", "GetAttachment", "DeleteAttachment", "CopyItem", "MoveItem", "DeleteItem")
def message(a, b):
    """keeps a draft with attachments of both kinds, changes, copies, moves and deletes it"""
    m = Message(
        account=a, folder=a.drafts, subject="Draft", body=HTMLBody("<b>x</b>"), categories=["A", "B"], importance="High",
        to_recipients=[Mailbox(email_address=b.primary_smtp_address)],
    )
    m.attach(FileAttachment(name="a.txt", content=b"hello"))
    m.attach(ItemAttachment(name="inner", item=Message(account=a, folder=a.drafts, subject="inner", body="i")))
    m.save()
    m.attach(FileAttachment(name="b.txt", content=b"later"))
    m.refresh()
    files = {x.name: x for x in m.attachments}
    assert files["a.txt"].content == b"hello" and files["b.txt"].content == b"later"
    with files["a.txt"].fp as stream:
        assert stream.read() == b"hello"
    assert files["inner"].item.subject == "inner"
    assert m.categories == ["A", "B"] and m.importance == "High"
    m.detach(files["a.txt"])
    m.subject = "Changed"
    m.save(update_fields=["subject"])
    m.refresh()
    assert m.subject == "Changed" and len(m.attachments) == 2
    m.copy(a.inbox)
    m.move(a.inbox)
    assert a.inbox.filter(subject="Changed").count() == 2
    for found in a.inbox.filter(subject="Changed"):
        found.move_to_trash()
    assert a.trash.filter(subject="Changed").count() == 2
    a.trash.filter(subject="Changed").delete()


@check("CreateItem", "SendItem")
def send(a, b):
    """sends, replies and forwards; mail arrives unread, from whom it is"""
    Message(account=a, subject="Sent", body="text", to_recipients=[b.primary_smtp_address]).send_and_save()
    assert a.sent.filter(subject="Sent").count() == 1
    got = b.inbox.get(subject="Sent")
    assert not got.is_read and got.sender.email_address == a.primary_smtp_address
    got.reply(subject="Re: Sent", body="answer")
    assert a.inbox.filter(subject="Re: Sent").count() == 1
    got.forward(subject="Fw: Sent", body="see", to_recipients=[a.primary_smtp_address])
    assert a.inbox.filter(subject="Fw: Sent").count() == 1
    got.reply_all(subject="Re all: Sent", body="answer")
    got.create_reply(subject="kept", body="y").save(b.drafts)
    draft = Message(account=a, folder=a.drafts, subject="later", to_recipients=[b.primary_smtp_address])
    draft.save()
    draft.send()
    assert b.inbox.filter(subject="later").count() == 1 and a.drafts.filter(subject="later").count() == 0


@check("FindItem", "GetItem")
def find(a, _):
    """searches, sorts and pages as a loop over all items does"""
    everything = list(a.inbox.all().only("subject", "is_read", "datetime_received", "size"))
    having = [i for i in everything if "budget" in i.subject.lower()]
    assert a.inbox.filter(subject__icontains="budget").count() == len(having)
    assert a.inbox.exclude(is_read=True).count() == len([i for i in everything if not i.is_read])
    either = a.inbox.filter(Q(subject__startswith="Re") | Q(subject__contains="order"))
    assert either.count() == len([i for i in everything if i.subject.startswith("Re") or "order" in i.subject])
    since, until = at(2026, 6, 20), at(2026, 6, 28)
    between = [i for i in everything if since <= i.datetime_received <= until]
    assert a.inbox.filter(datetime_received__range=(since, until)).count() == len(between)
    by_size = [i.size for i in a.inbox.all().order_by("-size").only("size")]
    assert by_size == sorted((i.size for i in everything), reverse=True)
    q = a.inbox.all().order_by("datetime_received").only("subject")
    q.page_size = 7
    assert [i.id for i in q] == [i.id for i in sorted(everything, key=lambda i: i.datetime_received)]
    assert a.inbox.filter("subject:budget").count() == len(having)


@check("CreateItem", "UpdateItem", "FindItem")
def extended(a, _):
    """keeps an extended property, finds by it and takes it away"""
    m = Message(account=a, folder=a.drafts, subject="tagged", interop_tag="bar")
    m.save()
    m.refresh()
    assert m.interop_tag == "bar" and a.drafts.filter(interop_tag="bar").count() == 1
    m.interop_tag = None
    m.save()
    m.refresh()
    assert m.interop_tag is None
    m.delete()


@check("CreateItem", "GetItem")
def mime(a, _):
    """takes an Internet message in, and hands it out"""
    m = Message(account=a, folder=a.drafts, mime_content=b"From: x@y.example\r\nTo: a@b.example\r\nSubject: From afar\r\n\r\nbody\r\n")
    m.save()
    m.refresh()
    assert m.subject == "From afar" and b"From afar" in m.mime_content
    m.delete()


@check("CreateItem", "GetItem", "UpdateItem", "DeleteItem")
def bulk(a, _):
    """makes, fetches, changes and deletes several at once"""
    items = [Message(account=a, folder=a.drafts, subject=f"bulk {i}") for i in range(5)]
    made = list(a.fetch(a.bulk_create(folder=a.drafts, items=items)))
    for m in made:
        m.subject += " changed"
    a.bulk_update([(m, ["subject"]) for m in made])
    assert a.drafts.filter(subject__contains="changed").count() == 5
    assert all(done is True for done in a.bulk_delete(made))


@check("ExportItems", "UploadItems")
def export(a, _):
    """exports items and uploads them again, with all that is in them"""
    some = list(a.inbox.all().order_by("-datetime_received")[:3])
    uploaded = a.upload([(a.drafts, data) for data in a.export(some)])
    for was, now in zip(some, a.fetch(uploaded)):
        assert was.subject == now.subject and was.body == now.body
        assert [x.content for x in was.attachments] == [x.content for x in now.attachments]
    a.bulk_delete(uploaded)


@check("ArchiveItem", "MarkAsJunk")
def elsewhere(a, _):
    """moves items to the archive and to the junk mail"""
    some = list(a.inbox.all().only("id", "changekey")[:2])
    assert len(list(a.bulk_archive(some, to_folder=a.inbox))) == 2
    before = a.junk.all().count()
    list(a.bulk_mark_as_junk(list(a.inbox.all().only("id", "changekey")[:1]), is_junk=True, move_item=True))
    assert a.junk.all().count() == before + 1


@check("CreateItem", "UpdateItem")
def tasks_and_posts(a, _):
    """completes a task, and posts"""
    t = Task(account=a, folder=a.tasks, subject="task", due_date=EWSDate(2026, 8, 1))
    t.save()
    t.complete()
    t.refresh()
    assert t.is_complete and t.percent_complete == 100
    t.delete()
    p = PostItem(account=a, folder=a.inbox, subject="post", body="x")
    p.save()
    p.refresh()
    p.delete()
