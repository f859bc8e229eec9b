"""Whether two people speak at once, from the prosody that is measured anyway."""
