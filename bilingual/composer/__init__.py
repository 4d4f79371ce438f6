"""The editor of pairs: both languages side by side, saved and published together."""
