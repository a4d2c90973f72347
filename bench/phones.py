"""A hundred phones in one room: each opens the page, asks how it stands, and answers, all at the same time."""

import http.client
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

from bench.servers import HOST, Server

MANY = 100
ASKS = 5
TOKEN = "b" * 32


def answer(server: Server, path: str, number: int) -> int:
    """How many phones got through all of it."""
    with ThreadPoolExecutor(number) as room:
        return sum(room.map(lambda phone: _one(server, path, phone), range(number)))


def _one(server: Server, path: str, number: int) -> bool:
    cookies = f"__Host-csrf={TOKEN}; __Secure-ballot=phone-{number}"
    common = {"Host": HOST, "X-Forwarded-Proto": "https", "Cookie": cookies}
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)

    def ask(method: str, address: str, body: str = "", **headers: str) -> int:
        connection.request(method, address, body, common | headers)
        response = connection.getresponse()
        response.read()
        return response.status

    form = urlencode({"near": number % 5, "csrfmiddlewaretoken": TOKEN})
    sent = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"https://{HOST}"}
    try:
        opened = [ask("GET", path), *(ask("GET", f"{path}state/") for _ask in range(ASKS))]
        return {*opened, ask("POST", path, form, **sent)} == {200, 302}
    except OSError:
        return False
    finally:
        connection.close()
