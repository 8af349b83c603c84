"""What each file says, row by row: references, spans and identifiers checked, then records and claims."""
