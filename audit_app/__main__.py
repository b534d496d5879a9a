"""Run with ``python -m audit_app``; also the entry of the packaged program."""

from audit_app.cli import main

if __name__ == "__main__":
    main()
