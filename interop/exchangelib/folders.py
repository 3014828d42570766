"""Folders: the tree, and what can be done to one."""
from exchangelib import Message
from exchangelib.folders import Folder

from harness import check


@check("GetFolder", "FindFolder", "ConvertId")
def tree(a, _):
    """finds the version, opens the root and walks through all folders"""
    assert a.version.build.major_version == 15
    assert a.inbox.total_count > 0
    names = {f.name for f in a.root.walk()}
    assert {"Inbox", "Calendar", "Projects"} <= names, names


@check("CreateFolder", "UpdateFolder", "GetFolder", "MoveFolder", "EmptyFolder", "DeleteFolder")
def life(a, _):
    """makes, renames, moves, empties and deletes a folder"""
    f = Folder(parent=a.inbox, name="Interop")
    f.save()
    f.name = "Interoperable"
    f.save()
    f.refresh()
    assert f.name == "Interoperable"
    Folder(parent=f, name="Within").save()
    f.move(a.msg_folder_root)
    Message(account=a, folder=f, subject="to be emptied").save()
    f.empty(delete_sub_folders=True)
    f.refresh()
    assert f.total_count == 0, f.total_count
    f.delete()


@check("SyncFolderHierarchy", "SyncFolderItems")
def sync(a, _):
    """synchronises folders and items, and hears of what has changed since"""
    first = [kind for kind, _ in a.drafts.sync_items()]
    assert first and set(first) == {"create"}, first
    assert list(a.msg_folder_root.sync_hierarchy())
    m = Message(account=a, folder=a.drafts, subject="new")
    m.save()
    assert [(kind, i.subject) for kind, i in a.drafts.sync_items()] == [("create", "new")]
    m.subject = "changed"
    m.save(update_fields=["subject"])
    assert [(kind, i.subject) for kind, i in a.drafts.sync_items()] == [("update", "changed")]
    m.is_read = False
    m.save(update_fields=["is_read"])
    assert [(kind, i[1]) for kind, i in a.drafts.sync_items()] == [("read_flag_change", False)]
    m.delete()
    assert [kind for kind, _ in a.drafts.sync_items()] == ["delete"]


@check("CreateUserConfiguration", "GetUserConfiguration", "UpdateUserConfiguration", "DeleteUserConfiguration")
def configuration(a, _):
    """keeps a configuration in a folder"""
    a.calendar.create_user_configuration(name="Interop", dictionary={"a": "b", 1: 2})
    assert a.calendar.get_user_configuration(name="Interop").dictionary == {"a": "b", 1: 2}
    a.calendar.update_user_configuration(name="Interop", xml_data=b"<x/>")
    assert a.calendar.get_user_configuration(name="Interop").xml_data == b"<x/>"
    a.calendar.delete_user_configuration(name="Interop")
