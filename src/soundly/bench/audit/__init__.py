"""Breaking critics: answers that are almost right, and answers that only look so."""
