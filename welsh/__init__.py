"""What the Welsh language needs from software, as plain functions: no Django in here."""
