"""Writes into the log where Qt's complaints come from, never their words, which may quote a text."""

import logging
import re

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from audit_app.logs import LOGGER

_SOURCE = re.compile(r"^(Q\w+(?:::\w+)*)")
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.DEBUG,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def install() -> None:
    """From now on, Qt's messages go to the log."""
    qInstallMessageHandler(_on_message)


def remove() -> None:
    """Qt writes to stderr again."""
    qInstallMessageHandler(None)


def _on_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    source = _SOURCE.match(message)
    logging.getLogger(LOGGER).log(
        _LEVELS.get(kind, logging.WARNING),
        "Qt: %s (%s, %s)",
        source.group(1) if source else "a message",
        context.category or "default",
        context.function or "unknown place",
    )
