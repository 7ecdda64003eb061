"""From files to plain objects that everything is computed from; a sentence for every fault."""
