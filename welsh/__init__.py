"""What the Welsh language needs from software, as plain functions: no Django in here.

`alphabet` sorts, `plurals` counts; `analysis` and `keys` understand words for search,
`highlighting` finds them in a text and `completion` gives their beginnings. See README.md.
"""
