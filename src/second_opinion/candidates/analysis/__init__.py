"""What can be reckoned about texts and files of this room, with no database."""
