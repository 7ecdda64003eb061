"""What a calibration says: as sentences, as tables, as JSON and as drawings."""
