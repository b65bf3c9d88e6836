"""Rules and operations: take a Session and ``now``, return values or raise a DomainError."""
