"""The demo content: data in both languages, loaded through the doors an editor uses."""
