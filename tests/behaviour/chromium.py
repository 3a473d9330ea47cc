"""Drives a headless Chromium by the DevTools protocol over two pipes
(NUL-terminated JSON messages), so that neither a library nor a port is
needed."""
import base64
import json
import os
import shutil
import subprocess

PATH = shutil.which(os.environ.get("CHROMIUM", "chromium"))


class Browser:
    """A browser that runs as long as the `with` block; its profile is in
    tmp."""

    def __init__(self, tmp):
        self.tmp = tmp

    def __enter__(self):
        to_child, self.to = os.pipe()
        self.back, from_child = os.pipe()

        def three_and_four():
            # Make copies first: either number may be the target of the other.
            a, b = os.dup(to_child), os.dup(from_child)
            os.dup2(a, 3)
            os.dup2(b, 4)

        self.process = subprocess.Popen(
            [PATH, "--headless", "--no-sandbox", "--disable-gpu",
             "--remote-debugging-pipe", "--no-first-run",
             "--hide-scrollbars",
             "--user-data-dir=" + os.path.join(self.tmp, "profile"),
             "about:blank"],
            env={**os.environ, "HOME": self.tmp}, close_fds=False,
            preexec_fn=three_and_four, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_child)
        os.close(from_child)
        self.reader = os.fdopen(self.back, "rb", buffering=0)
        self.rest = b""
        self.last, self.session, self.events = 0, None, []
        return self

    def __exit__(self, *_):
        try:
            self.session = None
            self.call("Browser.close")
        except (OSError, EOFError, AssertionError):
            pass
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        os.close(self.to)
        self.reader.close()

    def receive(self):
        while b"\0" not in self.rest:
            more = self.reader.read(1 << 16)
            if not more:
                raise EOFError("chromium has ended")
            self.rest += more
        message, _, self.rest = self.rest.partition(b"\0")
        return json.loads(message)

    def call(self, method, **params):
        self.last += 1
        message = {"id": self.last, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self.to, data):]
        while True:
            got = self.receive()
            if got.get("id") == self.last:
                assert "error" not in got, (method, got["error"])
                return got["result"]
            self.events.append(got)

    def wait_for(self, method):
        for event in self.events:
            if event.get("method") == method:
                return
        while True:
            event = self.receive()
            self.events.append(event)
            if event.get("method") == method:
                return

    def open(self, path, width=1100, height=900, dark=False, phone=False):
        """Opens a new page of that size and waits until it is loaded."""
        target = self.call_browser("Target.createTarget", url="about:blank")
        self.session = self.call_browser(
            "Target.attachToTarget", targetId=target["targetId"],
            flatten=True)["sessionId"]
        self.events = []
        for domain in ("Page", "Runtime", "Log", "Network", "Accessibility"):
            self.call(domain + ".enable")
        self.call("Emulation.setDeviceMetricsOverride", width=width,
                  height=height, deviceScaleFactor=1, mobile=phone)
        self.call("Emulation.setEmulatedMedia", features=[
            {"name": "prefers-color-scheme",
             "value": "dark" if dark else "light"}])
        self.call("Page.navigate", url="file://" + path)
        self.wait_for("Page.loadEventFired")

    def call_browser(self, method, **params):
        self.session = None
        return self.call(method, **params)

    def value(self, expression):
        """Returns the value of a JavaScript expression, after a frame was
        drawn."""
        return self.call("Runtime.evaluate", expression=expression,
                         returnByValue=True, awaitPromise=True)["result"].get(
                             "value")

    def screenshot(self, path):
        image = self.call("Page.captureScreenshot", format="png",
                          captureBeyondViewport=True)
        with open(path, "wb") as f:
            f.write(base64.b64decode(image["data"]))

    def pdf(self, path):
        with open(path, "wb") as f:
            f.write(base64.b64decode(self.call("Page.printToPDF")["data"]))

    def complaints(self):
        """Returns console messages, exceptions, and requests for other
        files."""
        found = []
        for event in self.events:
            method, params = event.get("method"), event.get("params")
            if method in ("Runtime.consoleAPICalled", "Log.entryAdded",
                          "Runtime.exceptionThrown"):
                found.append(event)
            elif method == "Network.requestWillBeSent":
                url = params["request"]["url"]
                if not url.startswith(("file:", "data:")):
                    found.append(event)
        return found

    def pictures(self):
        """Returns name and description of all elements with the role of an
        image."""
        nodes = self.call("Accessibility.getFullAXTree")["nodes"]
        return [(n.get("name", {}).get("value"),
                 n.get("description", {}).get("value"))
                for n in nodes if not n.get("ignored") and
                n.get("role", {}).get("value") in ("image", "img")]
