"""Every parser on bytes that nobody meant: mutated samples give records, notices or a refusal, in bounded time."""
