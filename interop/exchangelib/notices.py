"""Notifications, in all three ways."""
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

from exchangelib import Message
from exchangelib.properties import CreatedEvent
from exchangelib.services import SendNotification

from harness import check


@check("Subscribe", "GetEvents", "Unsubscribe")
def pull(a, _):
    """subscribes, and pulls what has happened"""
    subscription, watermark = a.inbox.subscribe_to_pull()
    Message(account=a, folder=a.inbox, subject="pulled").save()
    events = [e for n in a.inbox.get_events(subscription, watermark) for e in n.events]
    assert any(isinstance(e, CreatedEvent) for e in events), events
    a.inbox.unsubscribe(subscription)


@check("Subscribe", "GetStreamingEvents", "Unsubscribe")
def streaming(a, _):
    """subscribes, and hears of what happens on an open connection"""
    subscription = a.inbox.subscribe_to_streaming()
    Message(account=a, folder=a.inbox, subject="streamed").save()
    stream = a.inbox.get_streaming_events(subscription, connection_timeout=1, max_notifications_returned=1)
    events = [e for n in stream for e in n.events]
    assert any(isinstance(e, CreatedEvent) for e in events), events
    a.inbox.unsubscribe(subscription)


@check("Subscribe", "SendNotification")
def push(a, _):
    """subscribes, and is called back"""
    heard, done = [], threading.Event()

    class Listener(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            service = SendNotification(protocol=None)
            heard.extend(e for n in service.parse(body) for e in n.events)
            wanted = any(isinstance(e, CreatedEvent) for e in heard)
            answer = service.unsubscribe_payload() if wanted else service.ok_payload()
            self.send_response(200)
            self.end_headers()
            self.wfile.write(answer)
            if wanted:
                done.set()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        a.inbox.subscribe_to_push(callback_url=f"http://127.0.0.1:{server.server_port}/")
        Message(account=a, folder=a.inbox, subject="pushed").save()
        assert done.wait(20), heard
    finally:
        server.shutdown()
