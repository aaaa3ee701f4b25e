"""Asks every window of an X display to close, as the cross in its corner does."""

import ctypes
import sys

X = ctypes.CDLL("libX11.so.6")
CLIENT_MESSAGE = 33


class ClientMessage(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
        ("room", ctypes.c_long * 16),
    ]


X.XOpenDisplay.restype = ctypes.c_void_p
X.XInternAtom.restype = X.XDefaultRootWindow.restype = ctypes.c_ulong
display = ctypes.c_void_p(X.XOpenDisplay(sys.argv[1].encode()))
atom = lambda name: X.XInternAtom(display, name, 0)
protocols, delete = atom(b"WM_PROTOCOLS"), atom(b"WM_DELETE_WINDOW")
root, parent, count = ctypes.c_ulong(), ctypes.c_ulong(), ctypes.c_uint()
windows = ctypes.POINTER(ctypes.c_ulong)()
X.XQueryTree(
    display,
    ctypes.c_ulong(X.XDefaultRootWindow(display)),
    ctypes.byref(root),
    ctypes.byref(parent),
    ctypes.byref(windows),
    ctypes.byref(count),
)
for window in windows[: count.value]:
    offered, number = ctypes.POINTER(ctypes.c_ulong)(), ctypes.c_int()
    known = X.XGetWMProtocols(display, ctypes.c_ulong(window), ctypes.byref(offered), ctypes.byref(number))
    if known and delete in offered[: number.value]:
        event = ClientMessage(CLIENT_MESSAGE, 0, 1, display, window, protocols, 32, (delete, 0, 0, 0, 0))
        X.XSendEvent(display, ctypes.c_ulong(window), 0, ctypes.c_long(0), ctypes.byref(event))
X.XSync(display, 0)
