"""Logs: one JSON object a line on standard error; ids and kinds, never names, addresses or texts."""

import logging
import sys

import structlog


def set_up(level: str) -> None:
    """Write logs from `level` ("INFO", "WARNING", …) on."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
        ),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
