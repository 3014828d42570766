"""Does with exchangelib what a case of `ewsbench conform client` asks for, as its documentation shows it, and nothing more: what is
judged is the library. The case is in EWS_CASE; 89 is the answer to one that the library has nothing for.
"""
import datetime
import os
import sys
import warnings

from exchangelib import BASIC, IMPERSONATION, Account, Configuration, Credentials, EWSDateTime, EWSTimeZone, FaultTolerance, Message
from exchangelib.errors import EWSError

UTC = EWSTimeZone("UTC")
TARGETS = os.environ["EWS_TARGETS"].split(",")


def accounts(targets):
    config = Configuration(
        service_endpoint=os.environ["EWS_URL"],
        credentials=Credentials(os.environ["EWS_USER"], os.environ["EWS_PASS"]),
        auth_type=BASIC,
        retry_policy=FaultTolerance(max_wait=20),
    )
    return [Account(primary_smtp_address=t, config=config, autodiscover=False, access_type=IMPERSONATION) for t in targets]


def week(account):
    begin = EWSDateTime(2026, 3, 2, tzinfo=UTC)
    return list(account.calendar.view(start=begin, end=begin + datetime.timedelta(days=7)))


def read(account):
    return list(account.inbox.all().only("subject", "body")[:20])


def ordinary():
    for account in accounts(TARGETS):
        read(account)


def one():
    read(accounts(TARGETS[:1])[0])


def group():
    subscribed = [(a, a.inbox.subscribe_to_streaming()) for a in accounts(TARGETS)]
    first = subscribed[0][0]
    stream = first.inbox.get_streaming_events([s for _, s in subscribed], connection_timeout=1, max_notifications_returned=1)
    Message(account=first, folder=first.inbox, subject="news").save()
    list(stream)
    for account, subscription in subscribed:
        account.inbox.unsubscribe(subscription)


def stream_closed():
    account = accounts(TARGETS[:1])[0]
    with account.inbox.streaming_subscription() as subscription:
        for _ in range(2):
            list(account.inbox.get_streaming_events(subscription, connection_timeout=1, max_notifications_returned=1))
            Message(account=account, folder=account.inbox, subject="news").save()


def pull():
    account = accounts(TARGETS[:1])[0]
    with account.inbox.pull_subscription() as (subscription, watermark):
        Message(account=account, folder=account.inbox, subject="news").save()
        for _ in range(3):
            for notification in account.inbox.get_events(subscription, watermark):
                for event in notification.events:
                    watermark = event.watermark


def pages():
    inbox = accounts(TARGETS[:1])[0].inbox.all().only("subject")
    inbox.page_size = 10
    list(inbox)


def calendar():
    account = accounts(TARGETS[:1])[0]
    for _ in range(2):
        week(account)


def sync():
    account = accounts(TARGETS[:1])[0]
    for _ in range(2):
        list(account.inbox.sync_items())


def answer_lost():
    account = accounts(TARGETS[:1])[0]
    Message(account=account, folder=account.drafts, subject="once").save()


def batch_stopped():
    account = accounts(TARGETS[:1])[0]
    account.bulk_create(account.drafts, [Message(account=account, folder=account.drafts, subject=str(n)) for n in range(3)])


def availability():
    account = accounts(TARGETS[:1])[0]
    begin = EWSDateTime(2026, 3, 2, tzinfo=UTC)
    who = [(a, "Required", False) for a in accounts(TARGETS)]
    list(account.protocol.get_free_busy_info(accounts=who, start=begin, end=begin + datetime.timedelta(days=14)))


CASES = {
    "ordinary": ordinary, "alias": one, "denied": one, "moved": one, "back-off": one, "busy": one, "old-server": one, "find-limit": one,
    "group": group, "stream-closed": stream_closed, "subscription-lost": pull, "pull": pull, "short-pages": pages, "calendar": calendar,
    "sync": sync, "state-refused": sync, "answer-lost": answer_lost, "batch-stopped": batch_stopped, "availability": availability,
}

if __name__ == "__main__":
    warnings.filterwarnings("ignore")
    if os.environ["EWS_CASE"] not in CASES:
        sys.exit(89)
    try:
        CASES[os.environ["EWS_CASE"]]()
    except EWSError as error:
        print(f"{os.environ['EWS_CASE']}: {type(error).__name__}: {error}", file=sys.stderr)
        sys.exit(1)
