"""A window with WebKit in it, told what to do by lines of JSON on its standard input.

Runs under the system's own Python, which has the bindings; imports nothing of the project.
`webkit_window.py FOLDER`: the profile lies in FOLDER. Asked {"go": URL} or {"run": BODY}, answers
one line each: {"value": …} or {"fault": …}.
"""

import json
import sys

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import GLib, Gtk, WebKit2  # noqa: E402

CALLED = "return JSON.stringify({ value: await (async () => { %s })() });"


def main(folder: str) -> None:
    data = WebKit2.WebsiteDataManager(
        base_data_directory=f"{folder}/data", base_cache_directory=f"{folder}/cache"
    )
    context = WebKit2.WebContext(website_data_manager=data)
    context.set_preferred_languages(["sv-SE"])
    view = WebKit2.WebView(web_context=context)
    view.connect("load-changed", loaded)
    view.connect("load-failed", failed)
    window = Gtk.Window()
    window.set_default_size(390, 844)
    window.add(view)
    window.show_all()
    GLib.io_add_watch(sys.stdin.fileno(), GLib.IO_IN | GLib.IO_HUP, asked, view)
    Gtk.main()


def asked(_source, _condition, view) -> bool:
    line = sys.stdin.readline()
    if not line:
        Gtk.main_quit()
        return False
    told = json.loads(line)
    if "go" in told:
        view.load_uri(told["go"])
    else:
        view.call_async_javascript_function(
            CALLED % told["run"], -1, None, None, None, None, done, None
        )
    return True


def loaded(_view, event) -> None:
    if event == WebKit2.LoadEvent.FINISHED:
        answer({"value": None})


def failed(_view, _event, url, fault) -> bool:
    # FINISHED follows; what is on the page then shows whether it came from the worker.
    print(f"{url}: {fault.message}", file=sys.stderr)
    return True


def done(view, result, _given) -> None:
    try:
        print(view.call_async_javascript_function_finish(result).to_string(), flush=True)
    except GLib.Error as fault:
        answer({"fault": fault.message})


def answer(what: dict) -> None:
    print(json.dumps(what), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
